namespace Boreal.Engine.Runtime;

/// <summary>What the bundle needs beside the container's spec: places and processes that exist only for this start.</summary>
public sealed record BundleInputs
{
    /// <summary>Existing directory the config.json is written to.</summary>
    public required string BundleDirectory { get; init; }

    /// <summary>The mounted root file system.</summary>
    public required string RootfsPath { get; init; }

    /// <summary>Host paths of volumes and images by their path in the container, where they are not the spec's own.</summary>
    public IReadOnlyDictionary<string, string> MountSources { get; init; } = new Dictionary<string, string>();

    /// <summary>Holds the hosts, hostname and resolv.conf files that are bound into the container; the ones that exist are.</summary>
    public required string ContainerDirectory { get; init; }

    /// <summary>File of the network namespace to join, also for <c>container:ID</c>; null is the host's.</summary>
    public string? NetworkNamespacePath { get; init; }

    /// <summary>Host name of the container whose network is joined; null is the spec's own.</summary>
    public string? Hostname { get; init; }

    /// <summary><c>KEY=value</c> about linked containers; the spec's own come after them.</summary>
    public IReadOnlyList<string> LinkVariables { get; init; } = [];

    /// <summary>Init of the container whose IPC namespace is joined (mode <c>container:ID</c>).</summary>
    public int? IpcTargetPid { get; init; }

    /// <summary>Init of the container whose PID namespace is joined (mode <c>container:ID</c>).</summary>
    public int? PidTargetPid { get; init; }

    /// <summary>
    /// Directory bound to /dev/shm for the IPC modes <c>shareable</c> and <c>container:ID</c>, see <see cref="SharedMemory"/>.
    /// </summary>
    public string? SharedMemoryPath { get; init; }

    /// <summary>The runtime loads a compiled system call filter instead of compiling it itself; crun only.</summary>
    public bool TakesSeccompPrograms { get; init; }
}
