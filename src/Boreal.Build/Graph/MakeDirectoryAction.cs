namespace Boreal.Build.Graph;

/// <summary>Makes a folder and those above it; one that is there stays as it is.</summary>
public sealed record MakeDirectoryAction(string Path, int Mode) : FileAction
{
    public FileOwner? Owner { get; init; }

    /// <summary>The time that the folder gets; none for now.</summary>
    public DateTimeOffset? Created { get; init; }

    internal override string Kind => "mkdir";

    internal override void Write(CanonicalWriter writer)
    {
        writer.Write(Path).Write((long)Mode).Write(Created?.ToUnixTimeMilliseconds());
        FileOwner.Write(writer, Owner);
    }
}
