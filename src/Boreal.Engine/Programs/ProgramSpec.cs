using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Programs;

/// <summary>A program to run to its end in a file tree, with the rights a container has by default.</summary>
public sealed record ProgramSpec
{
    /// <summary>The tree, which is changed.</summary>
    public required string RootPath { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary><c>NAME=value</c>; a name alone takes that variable away.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    public string WorkingDirectory { get; init; } = "/";

    public string User { get; init; } = "";

    public required string HostName { get; init; }

    /// <summary>A network's name, <c>none</c> or <c>host</c>.</summary>
    public required string Network { get; init; }

    /// <summary><c>name:address</c></summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];

    public IReadOnlyList<MountPoint> Mounts { get; init; } = [];

    /// <summary>Read-only, as the last of the mounts.</summary>
    public IReadOnlyList<ProgramFile> Files { get; init; } = [];

    /// <summary>Bytes of /dev/shm; 0 for the usual.</summary>
    public long SharedMemory { get; init; }

    public ResourceSpec Resources { get; init; } = new();

    public bool IsPrivileged { get; init; }
}
