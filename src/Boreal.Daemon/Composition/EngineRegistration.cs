using Boreal.Daemon.Configuration;
using Boreal.Engine.Containers;
using Boreal.Engine.Events;
using Boreal.Engine.State;

namespace Boreal.Daemon.Composition;

/// <summary>The engine's rooms, one method each: add yours here and name it in <see cref="AddEngine"/>.</summary>
internal static class EngineRegistration
{
    public static IServiceCollection AddEngine(this IServiceCollection services, DaemonOptions options) => services
        .AddState(options);

    private static IServiceCollection AddState(this IServiceCollection services, DaemonOptions options) => services
        .AddSingleton(_ => Database.Open(Path.Combine(options.DataRoot, "boreal.db")))
        .AddSingleton<EventLog>();
}
