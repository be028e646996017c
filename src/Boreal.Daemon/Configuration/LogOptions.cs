namespace Boreal.Daemon.Configuration;

/// <summary>The daemon's own log, on standard error.</summary>
internal sealed record LogOptions
{
    public LogLevel Level { get; init; } = LogLevel.Information;

    public bool Json { get; init; }

    public bool IsDebug => Level <= LogLevel.Debug;
}
