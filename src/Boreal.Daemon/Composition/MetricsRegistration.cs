using Boreal.Daemon.Apps;
using Boreal.Daemon.Http;
using Boreal.Daemon.Metrics;
using Boreal.Engine.Networks.Balancing;

namespace Boreal.Daemon.Composition;

/// <summary>Every source of metrics, one line each, in the order in which they are told.</summary>
internal static class MetricsRegistration
{
    public static IServiceCollection AddMetricsText(this IServiceCollection services) => services
        .AddSingleton<RequestTally>()
        .AddSingleton<IMetricSource, NodeMetrics>()
        .AddSingleton<IMetricSource, EngineMetrics>()
        .AddSingleton<IMetricSource, RequestMetrics>()
        .AddSingleton<IMetricSource, AppMetrics>()
        .AddSingleton<IMetricSource>(provider => new BalancerMetrics(provider.GetRequiredService<AppsHost>(), provider.GetRequiredService<ServiceBalancer>))
        .AddSingleton<IMetricSource, IngressMetrics>()
        .AddSingleton(provider => new MetricsDocument(provider.GetServices<IMetricSource>))
        .AddSingleton<MetricsApplication>()
        .AddSingleton<IEndpoints, MetricsEndpoints>();
}
