using Boreal.Build.Builds;
using Boreal.Build.Contexts;
using Boreal.Build.Gateway;
using Boreal.Build.Protocol.Control;
using Boreal.Build.Protocol.Gateway;
using Boreal.Build.Session;
using Boreal.Daemon.Configuration;
using Boreal.Daemon.Endpoints.Builds;
using Boreal.Daemon.Http;
using Boreal.Daemon.Rpc;

namespace Boreal.Daemon.Composition;

/// <summary>BuildKit's protocols around an <see cref="IBuilder"/>. What only they need is made at the first build.</summary>
internal static class BuildRegistration
{
    public static IServiceCollection AddBuilds(this IServiceCollection services) => services
        .AddSingleton<SessionRegistry>()
        .AddSingleton(provider => new ContextStore(Path.Combine(provider.GetRequiredService<DaemonOptions>().DataRoot, "build", "contexts")))
        .AddSingleton<BuildTable>()
        .AddSingleton<BuildHistory>()
        .AddSingleton<ControlService>()
        .AddSingleton<GatewayService>()
        .AddSingleton(provider => new RpcServer(() => CreateApplication(provider), provider.GetRequiredService<ILoggerFactory>()))
        .AddSingleton<IEndpoints, BuildConnectionEndpoints>();

    private static RpcApplication CreateApplication(IServiceProvider provider)
    {
        var methods = new MethodTable();
        Control.BindService(methods, provider.GetRequiredService<ControlService>());
        LLBBridge.BindService(methods, provider.GetRequiredService<GatewayService>());
        return new RpcApplication(methods, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>().CreateLogger<RpcApplication>());
    }
}
