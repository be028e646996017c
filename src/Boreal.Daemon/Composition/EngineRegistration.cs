using System.Net;
using Boreal.Daemon.Configuration;
using Boreal.Daemon.Endpoints.Node;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Images;
using Boreal.Engine.Logs;
using Boreal.Engine.Networks;
using Boreal.Engine.Networks.Addresses;
using Boreal.Engine.Programs;
using Boreal.Engine.Runtime;
using Boreal.Engine.Shims;
using Boreal.Engine.State;
using Boreal.Engine.Transfers;
using Boreal.Linux.Cgroups;
using Boreal.Oci.Distribution;
using Boreal.Oci.Distribution.Hosts;

namespace Boreal.Daemon.Composition;

/// <summary>The engine's rooms, one method each: add yours here and name it in <see cref="AddEngine"/>.</summary>
internal static class EngineRegistration
{
    public static IServiceCollection AddEngine(this IServiceCollection services, DaemonOptions options) => services
        .AddState(options)
        .AddRuntime(options)
        .AddImages(options)
        .AddNetworks(options)
        .AddShims()
        .AddContainers()
        .AddNode();

    private static IServiceCollection AddState(this IServiceCollection services, DaemonOptions options) => services
        .AddSingleton(new NodePaths(options.DataRoot, options.ExecRoot))
        .AddSingleton(provider => Database.Open(provider.GetRequiredService<NodePaths>().Database));

    private static IServiceCollection AddImages(this IServiceCollection services, DaemonOptions options) => services
        .AddSingleton<ImageStorage>()
        .AddSingleton(provider => provider.GetRequiredService<ImageStorage>().Images)
        .AddSingleton(provider => provider.GetRequiredService<ImageStorage>().Snapshots)
        .AddSingleton(provider => provider.GetRequiredService<ImageStorage>().Importer)
        .AddSingleton(provider => provider.GetRequiredService<ImageStorage>().Loader)
        .AddSingleton(provider => provider.GetRequiredService<ImageStorage>().Saver)
        .AddSingleton(provider => provider.GetRequiredService<ImageStorage>().Remover)
        .AddSingleton(provider => provider.GetRequiredService<ImageStorage>().Pruner)
        .AddSingleton(provider => provider.GetRequiredService<ImageStorage>().Committer)
        .AddSingleton(provider => provider.GetRequiredService<ImageStorage>().Assembler)
        .AddSingleton(provider => provider.GetRequiredService<ImageStorage>().Builds)
        .AddSingleton(new TransferOptions { ConcurrentDownloads = options.Registries.ConcurrentDownloads, ConcurrentUploads = options.Registries.ConcurrentUploads })
        .AddSingleton(new RegistryHosts(new RegistryHostsOptions
        {
            Mirrors = options.Registries.Mirrors,
            InsecureRegistries = options.Registries.Insecure,
            ConfigDirectory = options.Registries.ConfigDirectory,
        }))
        .AddSingleton(provider => new RegistryClient(
            provider.GetRequiredService<RegistryHosts>(), new RegistryClientOptions { UserAgent = $"boreal/{ProductVersion.Own}" }, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<ImageTransfers>()
        .AddSingleton(provider => provider.GetRequiredService<ImageTransfers>().Puller)
        .AddSingleton(provider => provider.GetRequiredService<ImageTransfers>().Pusher)
        .AddSingleton(provider => provider.GetRequiredService<ImageTransfers>().Built)
        .AddSingleton(provider => provider.GetRequiredService<ImageTransfers>().Layers)
        .AddSingleton<RegistryQueries>();

    private static IServiceCollection AddRuntime(this IServiceCollection services, DaemonOptions options) => services
        .AddSingleton(_ => CgroupLayout.Detect())
        .AddSingleton(new OciRuntimes(options.Containers.Runtimes, options.Containers.Runtime))
        .AddSingleton(new RuntimeOptions
        {
            CgroupParent = options.Containers.CgroupParent,
            DefaultUlimits = options.Containers.Ulimits,
            Init = options.Containers.Init,
            InitPath = options.Containers.InitPath,
            NoNewPrivileges = options.Containers.NoNewPrivileges,
            SeccompProfile = options.Containers.SeccompProfile,
        })
        .AddSingleton(provider => KernelFeatures.Detect(provider.GetRequiredService<CgroupLayout>(), Environment.ProcessorCount))
        .AddSingleton(_ => RuntimeHost.Detect())
        .AddSingleton<Cgroups>()
        .AddSingleton<CgroupMoves>()
        .AddSingleton<BundleWriter>()
        .AddSingleton<ExecProcessWriter>()
        .AddSingleton<ProcessTable>()
        .AddSingleton<ResourceValidator>()
        .AddSingleton<SecurityValidator>();

    private static IServiceCollection AddNetworks(this IServiceCollection services, DaemonOptions options) => services
        .AddSingleton(new NetworkOptions
        {
            ExecRoot = options.ExecRoot,
            BridgeName = options.Bridge.Name.Length == 0 ? null : options.Bridge.Name,
            BridgeAddress = options.Bridge.Address.Length == 0 ? null : IPNetworkAddress.Parse(options.Bridge.Address),
            BridgeRange = options.Bridge.FixedCidr.Length == 0 ? null : IPNetwork.Parse(options.Bridge.FixedCidr),
            BridgeHasIPv6 = options.Bridge.IPv6,
            BridgeNetwork6 = options.Bridge.FixedCidr6.Length == 0 ? null : IPNetwork.Parse(options.Bridge.FixedCidr6),
            BridgeIcc = options.Bridge.Icc,
            BridgeMasquerade = options.Bridge.Masquerade,
            DefaultPools = options.Bridge.AddressPools.Count == 0 ? DefaultPool.All : [.. options.Bridge.AddressPools.Select(DefaultPool.Parse)],
            Mtu = options.Bridge.Mtu,
            // The option's default means every address, IPv6 too.
            PublishAddress = options.Bridge.PublishAddress == "0.0.0.0" ? "" : options.Bridge.PublishAddress,
        })
        .AddSingleton<NetworkRegistry>()
        .AddSingleton<NetworkSandboxes>()
        .AddSingleton<NetworkEvents>()
        .AddSingleton<NetworkCreator>()
        .AddSingleton<NetworkRemover>()
        .AddSingleton<NetworkPruner>();

    // The shim is installed beside the daemon.
    private static IServiceCollection AddShims(this IServiceCollection services) => services
        .AddSingleton(new ShimOptions(Path.Combine(AppContext.BaseDirectory, "boreal-shim")))
        .AddSingleton<LogChanges>()
        .AddSingleton<LogReader>()
        .AddSingleton<ShimLauncher>()
        .AddSingleton<ProgramShims>()
        .AddSingleton<ProgramRunner>();

    private static IServiceCollection AddNode(this IServiceCollection services) => services
        .AddSingleton<Machine>()
        .AddSingleton<EngineIdentity>()
        .AddSingleton<RuntimeVersions>();
}
