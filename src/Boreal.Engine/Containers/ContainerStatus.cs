using System.Text.Json.Serialization;
using Boreal.Engine.Health;
using Boreal.Engine.Networks;

namespace Boreal.Engine.Containers;

/// <summary>What is observed of a container. Immutable; the owner replaces it whole and persists it.</summary>
public sealed record ContainerStatus
{
    public ContainerState State { get; init; } = ContainerState.Created;

    /// <summary>The main process in the host's pid namespace; 0 when there is none.</summary>
    public int Pid { get; init; }

    public int ExitCode { get; init; }

    public bool OomKilled { get; init; }

    /// <summary>Why the last start failed; empty otherwise.</summary>
    public string Error { get; init; } = "";

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Restarts by policy since the last start by a person.</summary>
    public int RestartCount { get; init; }

    /// <summary>A person stopped it: the restart policy rests.</summary>
    public bool ManuallyStopped { get; init; }

    /// <summary>It is being removed, and its anonymous volumes with it.</summary>
    public bool RemovesVolumes { get; init; }

    public HealthStatus? Health { get; init; }

    /// <summary>Its place in the network: from just before the process starts until just after it ended.</summary>
    public NetworkStatus? Network { get; init; }

    /// <summary>There is a process: running, also when paused.</summary>
    [JsonIgnore]
    public bool HasProcess => State is ContainerState.Running or ContainerState.Paused;

    /// <summary>Docker's State.Running: true also while a restart is due.</summary>
    [JsonIgnore]
    public bool IsRunning => HasProcess || State is ContainerState.Restarting;
}
