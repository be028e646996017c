namespace Boreal.Build.Sources;

/// <summary>One run of git.</summary>
/// <param name="Folder">Where it runs.</param>
/// <param name="Arguments">After the program's name.</param>
internal sealed record GitRun(string Folder, params IReadOnlyList<string> Arguments)
{
    /// <summary>More of the environment: <c>NAME=value</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Told what git says, as it comes.</summary>
    public Action<ReadOnlySpan<byte>>? Log { get; init; }

    /// <summary>It reads a repository of this machine: our own, never one that a client or another repository names.</summary>
    public bool ReadsLocalFolder { get; init; }
}
