namespace Boreal.Build.Graph;

/// <summary>Makes a file of text that the plan brings along.</summary>
public sealed record WriteFileAction(string Path, int Mode, string Content) : FileAction
{
    internal override string Kind => "write";

    internal override void Write(CanonicalWriter writer) => writer.Write(Path).Write((long)Mode).Write(Content);
}
