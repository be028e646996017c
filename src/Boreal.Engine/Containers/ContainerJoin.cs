namespace Boreal.Engine.Containers;

/// <summary>What a container shares with another by a mode <c>container:ID</c>; null where it does not.</summary>
internal sealed record ContainerJoin
{
    public static ContainerJoin None { get; } = new();

    public string? NetworkNamespacePath { get; init; }

    /// <summary>With the network come the other's hosts, hostname and resolv.conf.</summary>
    public string? FilesDirectory { get; init; }

    /// <summary>And the other's host name.</summary>
    public string? Hostname { get; init; }

    public int? IpcPid { get; init; }

    public string? SharedMemoryPath { get; init; }

    public int? PidPid { get; init; }

    /// <summary>Others on the default bridge that it knows by names of its own.</summary>
    public IReadOnlyList<ContainerLink> Links { get; init; } = [];
}
