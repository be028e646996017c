using Boreal.Daemon.Apps;
using Boreal.Daemon.Configuration;
using Boreal.Daemon.Endpoints.Apps;
using Boreal.Daemon.Http;
using Boreal.Engine.Networks.Balancing;

namespace Boreal.Daemon.Composition;

/// <summary>Apps: the orchestrator over this engine. All but its host is made at the first app.</summary>
internal static class AppRegistration
{
    public static IServiceCollection AddApps(this IServiceCollection services) => services
        .AddSingleton<ServiceBalancer>()
        .AddSingleton<PortKnock>()
        .AddSingleton<ContainerVerbs>()
        .AddSingleton<ContainerMeter>()
        .AddSingleton<EngineNode>()
        .AddSingleton(provider => new IngressHost(
            provider.GetRequiredService<DaemonOptions>().Ingress, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()))
        .AddSingleton<MachineBalancer>()
        .AddSingleton(provider => new AppsHost(
            Path.Combine(provider.GetRequiredService<DaemonOptions>().DataRoot, "apps.db"), provider.GetRequiredService<EngineNode>,
            provider.GetRequiredService<MachineBalancer>, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()))
        .AddSingleton<IEndpoints, AppEndpoints>()
        .AddSingleton<IEndpoints>(provider => new UsageEndpoints(provider.GetRequiredService<AppsHost>(), provider.GetRequiredService<IngressHost>(), provider.GetRequiredService<ServiceBalancer>))
        .AddSingleton<IEndpoints, ServiceEndpoints>();
}
