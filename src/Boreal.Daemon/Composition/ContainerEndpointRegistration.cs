using Boreal.Daemon.Configuration;
using Boreal.Daemon.Endpoints.Containers;
using Boreal.Daemon.Endpoints.Containers.Create;
using Boreal.Daemon.Endpoints.Containers.Inspecting;
using Boreal.Daemon.Endpoints.Containers.Listing;
using Boreal.Daemon.Endpoints.Containers.Streams;
using Boreal.Daemon.Endpoints.Execs;
using Boreal.Daemon.Http;
using Boreal.Engine.Execs;
using Boreal.Engine.Layers;
using Boreal.Engine.Logs;
using Boreal.Engine.Networks;
using Boreal.Engine.Runtime;
using Boreal.Engine.State;

using Boreal.Linux.Cgroups;
namespace Boreal.Daemon.Composition;

/// <summary>The endpoints of containers and execs, and what only they need.</summary>
internal static class ContainerEndpointRegistration
{
    public static IServiceCollection AddContainerEndpoints(this IServiceCollection services) => services
        .AddSingleton(provider => new CreateSettings(
            provider.GetRequiredService<DaemonOptions>().Containers, provider.GetRequiredService<Cgroups>().Layout.UsesV1Limits,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<NetworkRegistry>(), provider.GetRequiredService<CgroupMoves>()))
        .AddSingleton(provider => new ContainerView(
            provider.GetRequiredService<NodePaths>(), provider.GetRequiredService<ExecRegistry>(),
            provider.GetRequiredService<NetworkView>(), provider.GetRequiredService<Snapshots>().Folders))
        .AddSingleton<ContainerDrafts>()
        .AddSingleton<NetworkView>()
        .AddSingleton<SummaryView>()
        .AddSingleton<LogChanges>()
        .AddSingleton<LogReader>()
        .AddSingleton<ContainerLogs>()
        .AddSingleton<IEndpoints, LogEndpoints>()
        .AddSingleton<IEndpoints, ContainerCreateEndpoints>()
        .AddSingleton<IEndpoints, ContainerListEndpoints>()
        .AddSingleton<IEndpoints, ContainerEndpoints>()
        .AddSingleton<IEndpoints, ContainerTopEndpoints>()
        .AddSingleton<IEndpoints, ContainerStateEndpoints>()
        .AddSingleton<IEndpoints, ContainerUpdateEndpoints>()
        .AddSingleton<IEndpoints, ContainerPruneEndpoints>()
        .AddSingleton<IEndpoints, AttachEndpoints>()
        .AddSingleton<IEndpoints, WaitEndpoints>()
        .AddSingleton<IEndpoints, StatsEndpoints>()
        .AddSingleton<IEndpoints, ExecEndpoints>()
        .AddSingleton<IEndpoints, ExecStartEndpoints>();
}
