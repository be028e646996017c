using Boreal.Linux.Descriptors;

namespace Boreal.Linux.Processes;

/// <summary>What <see cref="Spawn"/> starts. The child gets these descriptors, default signal handlers and nothing else of ours.</summary>
public sealed record SpawnRequest
{
    /// <summary>The executable, as a path; no search in PATH.</summary>
    public required string Path { get; init; }

    /// <summary>The arguments, the zeroth (the program's name) included.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>NAME=value lines; null: this process' own environment.</summary>
    public IReadOnlyList<string>? Environment { get; init; }

    public string? WorkingDirectory { get; init; }

    /// <summary>Makes the child leader of a session of its own.</summary>
    public bool NewSession { get; init; }

    /// <summary>The child's descriptors 0, 1, 2, ...: null entries among the first three are /dev/null, and so are missing ones.</summary>
    public IReadOnlyList<FileDescriptor?> Inherit { get; init; } = [];

    /// <summary>Signals the child starts with blocked (all others are not).</summary>
    public IReadOnlyList<int> BlockedSignals { get; init; } = [];
}
