using Boreal.Build.Building;
using Boreal.Build.Builds;
using Boreal.Build.Caching;
using Boreal.Build.Classic;
using Boreal.Build.Contexts;
using Boreal.Build.Exchange;
using Boreal.Build.Exporting;
using Boreal.Build.Gateway;
using Boreal.Build.Packaging;
using Boreal.Build.Running;
using Boreal.Build.Session;
using Boreal.Build.Solving;
using Boreal.Build.Sources;
using Boreal.BuildWire.Protocol.Control;
using Boreal.BuildWire.Protocol.Gateway;
using Boreal.Daemon.Configuration;
using Boreal.Daemon.Endpoints.Builds;
using Boreal.Daemon.Endpoints.Node;
using Boreal.Daemon.Http;
using Boreal.Daemon.Rpc;
using Boreal.Engine.Networks;
using Boreal.Engine.Runtime;

namespace Boreal.Daemon.Composition;

/// <summary>BuildKit's protocols around an <see cref="IBuilder"/>. What only they need is made at the first build.</summary>
internal static class BuildRegistration
{
    // Clients take it for the sign of a builder that exports layouts, pushes, and builds for several platforms.
    private const string SnapshotterLabel = "org.mobyproject.buildkit.worker.snapshotter";

    // BuildKit's, as whose clients know us.
    private const string SpokenVersion = "v0.13.2";

    // Clients write the address into the hosts that they ask for.
    private const string HostGatewayLabel = "org.mobyproject.buildkit.worker.moby.host-gateway-ip";

    public static IServiceCollection AddBuilds(this IServiceCollection services) => services
        .AddSingleton<SessionRegistry>()
        .AddSingleton<FolderLedger>()
        .AddSingleton(provider => new ContextStore(Path.Combine(provider.GetRequiredService<DaemonOptions>().DataRoot, "build", "contexts"), provider.GetRequiredService<FolderLedger>()))
        .AddSingleton<IKeptFolders>(provider => provider.GetRequiredService<ContextStore>())
        .AddSingleton<IKeptFolders>(provider => provider.GetRequiredService<CacheFolders>())
        .AddSingleton<IKeptFolders>(provider => provider.GetRequiredService<GitMirrors>())
        .AddSingleton<StepCache>()
        .AddSingleton<SharedWork<StepRecord>>()
        .AddSingleton<CacheInventory>()
        .AddSingleton<CacheCollector>()
        .AddSingleton<CacheImporter>()
        .AddSingleton<CacheExporter>()
        .AddSingleton<BuildCaches>()
        .AddSingleton<CacheFolders>()
        .AddSingleton<FileStep>()
        .AddSingleton<HttpFetch>()
        .AddSingleton<GitMirrors>()
        .AddSingleton<GitFetch>()
        .AddSingleton<LayoutImages>()
        .AddSingleton<SourceStep>()
        .AddSingleton<RunStep>()
        .AddSingleton<PlanSolver>()
        .AddSingleton<ImageExporter>()
        .AddSingleton<FileExporter>()
        .AddSingleton<PackageWriter>()
        .AddSingleton<PackageExporter>()
        .AddSingleton<ResultExporter>()
        .AddSingleton<PlanImages>()
        .AddSingleton(Describe)
        .AddSingleton<DockerfilePlanning>()
        .AddSingleton<IBuilder, DockerfileBuilder>()
        .AddSingleton<ClassicBuilder>()
        .AddSingleton<IEndpoints>(provider => new BuildEndpoints(provider.GetRequiredService<ClassicBuilder>))
        .AddSingleton<Func<IBuilder>>(provider => provider.GetRequiredService<IBuilder>)
        .AddSingleton<IEndpoints, BuildPruneEndpoints>()
        .AddSingleton<BuildTable>()
        .AddSingleton<BuildHistory>()
        .AddSingleton<ControlService>()
        .AddSingleton<GatewayService>()
        .AddSingleton(provider => new RpcServer(() => CreateApplication(provider), provider.GetRequiredService<ILoggerFactory>()))
        .AddSingleton<IEndpoints, BuildConnectionEndpoints>();

    private static BuilderDescription Describe(IServiceProvider provider) => new()
    {
        Id = provider.GetRequiredService<EngineIdentity>().Id,
        Version = SpokenVersion,
        Labels = new Dictionary<string, string> { [HostGatewayLabel] = provider.GetRequiredService<NetworkSandboxes>().HostGateway, [SnapshotterLabel] = "overlayfs" },
        Platforms = [$"linux/{provider.GetRequiredService<RuntimeHost>().Architecture}"],
        Entitlements = provider.GetRequiredService<DaemonOptions>().Builder.Entitlements,
        Rules = Rules(provider.GetRequiredService<DaemonOptions>()),
    };

    private static IReadOnlyList<CacheRule> Rules(DaemonOptions options) => options.Builder switch
    {
        { CollectsGarbage: false } => [],
        { Rules: { Count: > 0 } rules } => rules,
        var builder => CacheRules.Default(builder.KeepStorage, new DriveInfo(options.DataRoot).TotalSize),
    };

    private static RpcApplication CreateApplication(IServiceProvider provider)
    {
        var methods = new MethodTable();
        Control.BindService(methods, provider.GetRequiredService<ControlService>());
        LLBBridge.BindService(methods, provider.GetRequiredService<GatewayService>());
        return new RpcApplication(methods, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>().CreateLogger<RpcApplication>());
    }
}
