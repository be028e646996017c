using Boreal.Daemon.Apps;
using Boreal.Daemon.Composition;
using Boreal.Daemon.Configuration;
using Boreal.Daemon.Connections;
using Boreal.Daemon.Http;
using Boreal.Daemon.Listening;
using Boreal.Daemon.Logging;
using Boreal.Daemon.Metrics;
using Boreal.Daemon.Registries;
using Boreal.Daemon.Rpc;
using Boreal.Daemon.Tracing;
using Boreal.Engine.Containers;

namespace Boreal.Daemon.Hosting;

/// <summary>
/// One life of the daemon: (1) the roots are ours, (2) sockets are open, (3) the engine knows its containers,
/// (4) requests are served, (5) until a signal; containers go on without us.
/// </summary>
internal static partial class DaemonRun
{
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(DaemonOptions options)
    {
        using var signals = new StopSignals();
        using var roots = await RootsLock.TakeAsync(options, TimeProvider.System);                     // (1)
        using var pidFile = new PidFile(options.PidFile);
        var endPoints = SocketOpener.Open(options);                                                   // (2)
        var metrics = SocketOpener.OpenMetrics(options);

        await using var provider = Compose(options);
        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger(nameof(DaemonRun));
        Log.Starting(logger, ProductVersion.Own, options.DataRoot, options.ExecRoot);
        try
        {
            await using var traces = Trace(options, provider);
            await ServeAsync(options, endPoints, metrics, provider, signals, logger);
            return 0;
        }
        catch (Exception e) when (e is not ConfigurationException)
        {
            Log.Failed(logger, e);
            return 1;
        }
    }

    private static async Task ServeAsync(
        DaemonOptions options, IReadOnlyList<ListeningEndPoint> endPoints, ListeningEndPoint? metricsEndPoint, ServiceProvider provider, StopSignals signals, ILogger logger)
    {
        await provider.GetRequiredService<ContainerRestorer>().RestoreAsync(signals.AtOnce);          // (3)
        await provider.GetRequiredService<AppsHost>().ResumeAsync(signals.AtOnce);

        var loggers = provider.GetRequiredService<ILoggerFactory>();
        await using var registry = options.Registry.Addresses.Count > 0
            ? await HostedRegistry.StartAsync(options, TimeProvider.System, loggers, signals.AtOnce)
            : null;
        var routes = provider.GetRequiredService<RouteTable>();
        foreach (var endpoints in provider.GetServices<IEndpoints>())
            endpoints.Map(routes);
        using var server = new DoorServer(endPoints, loggers, provider.GetRequiredService<RpcServer>());
        await server.StartAsync(provider.GetRequiredService<DoorApplication>(), signals.AtOnce);      // (4)
        using var metrics = metricsEndPoint is null ? null : new MetricsServer(metricsEndPoint, loggers);
        await (metrics?.StartAsync(provider.GetRequiredService<MetricsApplication>(), signals.AtOnce) ?? Task.CompletedTask);
        using var memory = QuietMemory.OfThisProcess(TimeProvider.System);
        SystemdNotice.Ready();
        Log.Listening(logger, string.Join(' ', metricsEndPoint is null ? endPoints : [.. endPoints, metricsEndPoint]));

        var signal = await signals.Asked;                                                             // (5)
        SystemdNotice.Stopping();
        Log.Stopping(logger, signal.ToString());
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(signals.AtOnce);
        deadline.CancelAfter(options.ShutdownTimeout);
        await Task.WhenAll(
            server.StopAsync(deadline.Token), metrics?.StopAsync(deadline.Token) ?? Task.CompletedTask, registry?.StopAsync(deadline.Token) ?? Task.CompletedTask,
            provider.GetRequiredService<IngressHost>().StopAsync(deadline.Token));
        SocketOpener.Remove(options);
        Log.Stopped(logger);
    }

    private static TraceExporter? Trace(DaemonOptions options, ServiceProvider provider)
    {
        try
        {
            return TraceOptions.Read(options.TracesEndpoint, Environment.GetEnvironmentVariable) is { } traces
                ? new TraceExporter(traces, TimeProvider.System, provider.GetRequiredService<ILogger<TraceExporter>>())
                : null;
        }
        catch (FormatException e)
        {
            throw new ConfigurationException(e.Message, e);
        }
    }

    private static ServiceProvider Compose(DaemonOptions options)
    {
        var services = new ServiceCollection()
            .AddLogging(logging => logging.AddDaemonLog(options.Logging))
            .AddSingleton(TimeProvider.System)
            .AddSingleton(options)
            .AddSingleton<RouteTable>()
            .AddSingleton<DoorApplication>()
            .AddEngine(options)
            .AddEndpoints()
            .AddApps()
            .AddMetricsText()
            .AddBuilds();
        return (ServiceProvider)new DefaultServiceProviderFactory().CreateServiceProvider(services);
    }

    private static partial class Log
    {
        [LoggerMessage(110, LogLevel.Information, "boreald {Version} starts on {DataRoot} and {ExecRoot}")]
        internal static partial void Starting(ILogger logger, string version, string dataRoot, string execRoot);

        [LoggerMessage(111, LogLevel.Information, "listening on {Hosts}")]
        internal static partial void Listening(ILogger logger, string hosts);

        [LoggerMessage(112, LogLevel.Information, "stopping on {Signal}; containers go on")]
        internal static partial void Stopping(ILogger logger, string signal);

        [LoggerMessage(114, LogLevel.Critical, "boreald cannot go on")]
        internal static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(113, LogLevel.Information, "stopped")]
        internal static partial void Stopped(ILogger logger);
    }
}
