using Boreal.Daemon.Configuration;

namespace Boreal.Daemon.Logging;

internal static class DaemonLogExtensions
{
    /// <summary>The daemon's log on standard error, and of the frameworks only what matters.</summary>
    public static ILoggingBuilder AddDaemonLog(this ILoggingBuilder logging, LogOptions options) => logging
        .SetMinimumLevel(options.Level)
        .AddFilter("Microsoft", options.IsDebug ? LogLevel.Information : LogLevel.Error)
        .AddProvider(new DaemonLog(options.Json, TimeProvider.System, Console.OpenStandardError()));
}
