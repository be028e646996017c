using System.Text.Json.Serialization;

namespace Boreal.Api.Node;

/// <summary>The answer of <c>GET /info</c>: the engine, its machine and its defaults.</summary>
public sealed record InfoResponse
{
    public string ID { get; init; } = "";

    public int Containers { get; init; }

    public int ContainersRunning { get; init; }

    public int ContainersPaused { get; init; }

    public int ContainersStopped { get; init; }

    public int Images { get; init; }

    public string Driver { get; init; } = "";

    /// <summary>Pairs of a name and a value, in the order to be shown.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? DriverStatus { get; init; }

    public InfoPlugins? Plugins { get; init; }

    public bool MemoryLimit { get; init; }

    public bool SwapLimit { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool KernelMemoryTCP { get; init; }

    public bool CpuCfsPeriod { get; init; }

    public bool CpuCfsQuota { get; init; }

    public bool CPUShares { get; init; }

    public bool CPUSet { get; init; }

    public bool PidsLimit { get; init; }

    public bool IPv4Forwarding { get; init; }

    public bool BridgeNfIptables { get; init; }

    public bool BridgeNfIp6tables { get; init; }

    public bool Debug { get; init; }

    public int NFd { get; init; }

    public bool OomKillDisable { get; init; }

    public int NGoroutines { get; init; }

    public string SystemTime { get; init; } = "";

    public string LoggingDriver { get; init; } = "";

    public string CgroupDriver { get; init; } = "";

    public string CgroupVersion { get; init; } = "";

    public int NEventsListener { get; init; }

    public string KernelVersion { get; init; } = "";

    public string OperatingSystem { get; init; } = "";

    public string OSVersion { get; init; } = "";

    public string OSType { get; init; } = "";

    /// <summary>In the kernel's terms: <c>x86_64</c>, <c>aarch64</c>.</summary>
    public string Architecture { get; init; } = "";

    public string IndexServerAddress { get; init; } = "";

    public InfoRegistries? RegistryConfig { get; init; }

    public int NCPU { get; init; }

    public long MemTotal { get; init; }

    /// <summary>Always null: for clusters.</summary>
    public IReadOnlyList<string>? GenericResources { get; init; }

    public string DockerRootDir { get; init; } = "";

    public string HttpProxy { get; init; } = "";

    public string HttpsProxy { get; init; } = "";

    public string NoProxy { get; init; } = "";

    public string Name { get; init; } = "";

    public IReadOnlyList<string>? Labels { get; init; }

    public bool ExperimentalBuild { get; init; }

    public string ServerVersion { get; init; } = "";

    public IReadOnlyDictionary<string, InfoRuntime>? Runtimes { get; init; }

    public string DefaultRuntime { get; init; } = "";

    public InfoSwarm? Swarm { get; init; }

    public bool LiveRestoreEnabled { get; init; }

    public string Isolation { get; init; } = "";

    public string InitBinary { get; init; } = "";

    public InfoCommit? ContainerdCommit { get; init; }

    public InfoCommit? RuncCommit { get; init; }

    public InfoCommit? InitCommit { get; init; }

    /// <summary>Such as <c>name=seccomp,profile=builtin</c>.</summary>
    public IReadOnlyList<string>? SecurityOptions { get; init; }

    public IReadOnlyList<string>? CDISpecDirs { get; init; }

    public IReadOnlyList<string>? Warnings { get; init; }
}
