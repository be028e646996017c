using Boreal.Engine.Archives;
using Boreal.Engine.Events;
using Boreal.Engine.Execs;
using Boreal.Engine.Health;
using Boreal.Engine.Images;
using Boreal.Engine.Layers;
using Boreal.Engine.Measuring;
using Boreal.Engine.State;
using Boreal.Engine.Volumes;
using Boreal.Linux.Cgroups;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Containers;

/// <summary>Wires the rooms Containers, Volumes, Archives, Execs, Health and Events. The host adds paths, database, images, layers, networks, runtime and shims.</summary>
public static class ContainerServices
{
    public static IServiceCollection AddContainers(this IServiceCollection services) => services
        .AddSingleton<EventLog>()
        .AddSingleton<EngineWork>()
        .AddSingleton<ContainerRegistry>()
        .AddSingleton<ContainerEvents>()
        .AddSingleton<VolumeEvents>()
        .AddSingleton<VolumeStore>()
        .AddSingleton<VolumePruner>()
        .AddSingleton<VolumePopulator>()
        .AddSingleton<ContainerVolumes>()
        .AddSingleton<ContainerMounts>()
        .AddSingleton<ExecRegistry>()
        .AddSingleton<ExecStarter>()
        .AddSingleton<ExecRunner>()
        .AddSingleton<HealthProber>()
        .AddSingleton<HealthMonitor>()
        .AddSingleton<ContainerJoins>()
        .AddSingleton<ContainerShims>()
        .AddSingleton<ContainerEnvironment>()
        .AddSingleton<ContainerReleaser>()
        .AddSingleton<ContainerLauncher>()
        .AddSingleton<ContainerFinisher>()
        .AddSingleton<ContainerEraser>()
        .AddSingleton<ContainerSupervisor>()
        .AddSingleton<ContainerKiller>()
        .AddSingleton<ContainerStopper>()
        .AddSingleton<ContainerPauser>()
        .AddSingleton<ContainerRenamer>()
        .AddSingleton<ContainerUpdater>()
        .AddSingleton<ContainerConnector>()
        .AddSingleton<ContainerPruner>()
        // Their constructors name types that are internal to the engine.
        .AddSingleton(of => new ContainerCreator(
            of.Get<ContainerRegistry>(), of.Get<ImageStore>(), of.Get<Snapshots>(), of.Get<ContainerVolumes>(), of.Get<NodePaths>(), of.Get<ContainerEvents>(),
            of.Get<ILogger<ContainerCreator>>()))
        .AddSingleton(of => new ContainerArchives(of.Get<Snapshots>(), of.Get<ContainerMounts>()))
        .AddSingleton(of => new ContainerStarter(of.Get<ContainerRegistry>(), of.Get<ContainerSupervisor>(), of.Get<ContainerEraser>(), of.Get<CgroupMoves>()))
        .AddSingleton(of => new ContainerRemover(of.Get<ContainerEraser>(), of.Get<ContainerKiller>(), of.Get<EngineWork>()))
        .AddSingleton(of => new ContainerAttacher(of.Get<ContainerShims>()))
        .AddSingleton(of => new ContainerRestorer(
            of.Get<ContainerRegistry>(), of.Get<ContainerShims>(), of.Get<ContainerEnvironment>(), of.Get<ContainerSupervisor>(),
            of.Get<ContainerFinisher>(), of.Get<ContainerEraser>(), of.Get<ILogger<ContainerRestorer>>()));

    private static T Get<T>(this IServiceProvider of)
        where T : notnull => of.GetRequiredService<T>();
}
