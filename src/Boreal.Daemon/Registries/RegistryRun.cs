using Boreal.Daemon.Configuration;
using Boreal.Daemon.Hosting;
using Boreal.Daemon.Logging;

namespace Boreal.Daemon.Registries;

/// <summary>One life of a registry that runs alone, until a signal.</summary>
internal static class RegistryRun
{
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(DaemonOptions options)
    {
        using var signals = new StopSignals();
        using var loggers = LoggerFactory.Create(logging => logging.AddDaemonLog(options.Logging));
        await using var server = await HostedRegistry.StartAsync(options, TimeProvider.System, loggers, signals.AtOnce);
        SystemdNotice.Ready();

        await signals.Asked;
        SystemdNotice.Stopping();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(signals.AtOnce);
        deadline.CancelAfter(options.ShutdownTimeout);
        await server.StopAsync(deadline.Token);
        return 0;
    }
}
