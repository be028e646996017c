namespace Boreal.Engine.Shims;

/// <summary>An OCI runtime: its executable, its state root, and options put before the verb.</summary>
public sealed record RuntimeCommand(string Path, string Root, IReadOnlyList<string> Arguments)
{
    /// <summary>It is crun, which runs sooner from a sealed copy.</summary>
    public bool IsCrun { get; init; }
}
