using System.Globalization;
using Boreal.Api.Node;
using Boreal.Daemon.Configuration;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Images;
using Boreal.Linux.Cgroups;

namespace Boreal.Daemon.Endpoints.Node;

/// <summary>What this engine is, where it runs and what it does by default.</summary>
internal sealed class InfoEndpoints(
    DaemonOptions options, ContainerRegistry containers, ImageStore images, RuntimeVersions runtimes, EngineIdentity identity, Machine machine, TimeProvider time) : IEndpoints
{
    private const string Index = "https://index.docker.io/v1/";

    public void Map(RouteTable routes) => routes.Get("/info", Get);

    private Task Get(HttpContext context) => context.AnswerJsonAsync(Describe(), NodeJsonContext.Default.InfoResponse);

    private InfoResponse Describe() => WithLimits(WithMachine(WithRuntimes(new InfoResponse
    {
        ID = identity.Id,
        Driver = "overlay2",
        DriverStatus =
        [
            ["Backing Filesystem", new DriveInfo(options.DataRoot).DriveFormat],
            ["Supports d_type", "true"],
            ["Using metacopy", "false"],
            ["Native Overlay Diff", "true"],
            ["userxattr", "false"],
        ],
        Plugins = new InfoPlugins { Volume = ["local"], Network = ["bridge", "host", "macvlan", "null"], Log = ["json-file", "local", "none"] },
        Debug = options.Logging.IsDebug,
        NFd = Directory.GetFileSystemEntries("/proc/self/fd").Length,
        NGoroutines = ThreadPool.ThreadCount,
        SystemTime = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
        LoggingDriver = options.Containers.LogDriver,
        IndexServerAddress = Index,
        RegistryConfig = RegistriesView.Of(options.Registries),
        DockerRootDir = options.DataRoot,
        Labels = options.Labels,
        ServerVersion = ProductVersion.Engine,
        Swarm = new InfoSwarm(),
        LiveRestoreEnabled = true,
        CDISpecDirs = [],
    })));

    private InfoResponse WithRuntimes(InfoResponse answer)
    {
        var all = containers.List();
        var running = all.Count(container => container.Status.State is ContainerState.Running or ContainerState.Restarting);
        var paused = all.Count(container => container.Status.State is ContainerState.Paused);
        var commit = runtimes.Known.FirstOrDefault(version => version.Name == runtimes.DefaultName)?.Commit ?? "";
        return answer with
        {
            Containers = all.Length,
            ContainersRunning = running,
            ContainersPaused = paused,
            ContainersStopped = all.Length - running - paused,
            Images = images.List().Count,
            Runtimes = runtimes.Installed.ToDictionary(
                runtime => runtime.Name, runtime => new InfoRuntime { Path = runtime.Path, RuntimeArgs = runtime.Arguments.Count > 0 ? runtime.Arguments : null }),
            DefaultRuntime = runtimes.DefaultName,
            InitBinary = options.Containers.InitPath.Length > 0 ? options.Containers.InitPath : "docker-init",
            ContainerdCommit = new InfoCommit(),
            RuncCommit = new InfoCommit { ID = commit, Expected = commit },
            InitCommit = new InfoCommit(),
        };
    }

    private InfoResponse WithMachine(InfoResponse answer) => answer with
    {
        KernelVersion = machine.Kernel,
        OperatingSystem = machine.OperatingSystem,
        OSVersion = machine.OperatingSystemVersion,
        OSType = "linux",
        Architecture = machine.Architecture,
        MemTotal = machine.Memory,
        Name = Environment.MachineName,
        HttpProxy = Environment.GetEnvironmentVariable("HTTP_PROXY") ?? "",
        HttpsProxy = Environment.GetEnvironmentVariable("HTTPS_PROXY") ?? "",
        NoProxy = Environment.GetEnvironmentVariable("NO_PROXY") ?? "",
    };

    private InfoResponse WithLimits(InfoResponse answer)
    {
        var features = machine.Features;
        var isV2 = machine.Cgroups.Version is CgroupVersion.V2;
        var seccomp = options.Containers.SeccompProfile switch { "" => "builtin", "unconfined" => "unconfined", _ => "custom" };
        return answer with
        {
            MemoryLimit = features.MemoryLimit,
            SwapLimit = features.SwapLimit,
            KernelMemoryTCP = features.KernelMemoryTcp,
            CpuCfsPeriod = features.CpuCfs,
            CpuCfsQuota = features.CpuCfs,
            CPUShares = features.CpuShares,
            CPUSet = features.Cpuset,
            PidsLimit = features.PidsLimit,
            OomKillDisable = features.OomKillDisable,
            IPv4Forwarding = IsSet("ipv4/ip_forward"),
            BridgeNfIptables = IsSet("bridge/bridge-nf-call-iptables"),
            BridgeNfIp6tables = IsSet("bridge/bridge-nf-call-ip6tables"),
            NCPU = Environment.ProcessorCount,
            CgroupDriver = "cgroupfs",
            CgroupVersion = isV2 ? "2" : "1",
            SecurityOptions =
            [
                .. machine.Host.AppArmor ? ["name=apparmor"] : Array.Empty<string>(),
                .. machine.Host.Seccomp ? [$"name=seccomp,profile={seccomp}"] : Array.Empty<string>(),
                .. isV2 ? ["name=cgroupns"] : Array.Empty<string>(),
            ],
        };
    }

    private static bool IsSet(string sysctl)
    {
        var path = $"/proc/sys/net/{sysctl}";
        return File.Exists(path) && File.ReadAllText(path).AsSpan().Trim() is not "0";
    }
}
