namespace Boreal.Build.Graph;

/// <summary>Copies files out of another tree, or out of an empty one.</summary>
public sealed record CopyAction : FileAction
{
    public Operation? Source { get; init; }

    public required string SourcePath { get; init; }

    /// <summary>A slash at the end means a folder; what is missing of it is made.</summary>
    public required string Destination { get; init; }

    public FileOwner? Owner { get; init; }

    /// <summary>The mode every file gets; none keeps the files' own.</summary>
    public int? Mode { get; init; }

    /// <summary>A change of mode in letters (<c>u=rwX,go=rX</c>); empty for none.</summary>
    public string ModeChange { get; init; } = "";

    /// <summary>A link named as source gives what it points to, and a folder its entries rather than itself.</summary>
    public bool FollowsLinks { get; init; }

    /// <summary>The source may have wildcards, and may match nothing when it has.</summary>
    public bool AllowsWildcards { get; init; }

    /// <summary>An archive gives its files.</summary>
    public bool Unpacks { get; init; }

    /// <summary>Only what matches, together with the folders above it.</summary>
    public IReadOnlyList<string> IncludedPatterns { get; init; } = [];

    public IReadOnlyList<string> ExcludedPatterns { get; init; } = [];

    /// <summary>Paths that must be there although patterns choose them.</summary>
    public IReadOnlyList<string> RequiredPaths { get; init; } = [];

    internal override string Kind => "copy";

    internal override void Write(CanonicalWriter writer)
    {
        writer.Write(SourcePath).Write(Destination).Write((long?)Mode).Write(ModeChange).Write(FollowsLinks).Write(AllowsWildcards).Write(Unpacks)
            .Write(IncludedPatterns).Write(ExcludedPatterns).Write(RequiredPaths);
        FileOwner.Write(writer, Owner);
    }
}
