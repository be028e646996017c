using Boreal.Engine.Containers;
using Boreal.Engine.Health;

namespace Boreal.Daemon.Endpoints.Containers;

/// <summary>A container's state in Docker's words: <c>running</c>, and <c>Up 5 minutes (healthy)</c>.</summary>
internal static class StatusText
{
    public static string StateOf(ContainerStatus status) => status.State switch
    {
        ContainerState.Created => "created",
        ContainerState.Running => "running",
        ContainerState.Paused => "paused",
        ContainerState.Restarting => "restarting",
        ContainerState.Removing => "removing",
        ContainerState.Exited => "exited",
        ContainerState.Dead => "dead",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status.State, "unknown container state"),
    };

    public static string HealthOf(HealthStatus health) => health.State switch
    {
        HealthState.Starting => "starting",
        HealthState.Healthy => "healthy",
        HealthState.Unhealthy => "unhealthy",
        _ => throw new ArgumentOutOfRangeException(nameof(health), health.State, "unknown health state"),
    };

    public static string Describe(ContainerStatus status, DateTimeOffset now)
    {
        var up = now - (status.StartedAt ?? now);
        switch (status.State)
        {
            case ContainerState.Paused:
                return $"Up {Duration(up)} (Paused)";
            case ContainerState.Running:
                return status.Health is { } health
                    ? $"Up {Duration(up)} ({(health.State is HealthState.Starting ? "health: starting" : HealthOf(health))})"
                    : $"Up {Duration(up)}";
            case ContainerState.Restarting:
                return $"Restarting ({status.ExitCode}) {Duration(now - (status.FinishedAt ?? now))} ago";
            case ContainerState.Removing:
                return "Removal In Progress";
            case ContainerState.Dead:
                return "Dead";
            case ContainerState.Created:
                return "Created";
        }
        return status.FinishedAt is { } ended ? $"Exited ({status.ExitCode}) {Duration(now - ended)} ago" : "";
    }

    /// <summary>One number with a unit that suits it.</summary>
    public static string Duration(TimeSpan duration)
    {
        var seconds = (long)duration.TotalSeconds;
        var minutes = (long)duration.TotalMinutes;
        var hours = (long)(duration.TotalHours + 0.5);
        return duration switch
        {
            _ when seconds < 1 => "Less than a second",
            _ when seconds == 1 => "1 second",
            _ when seconds < 60 => $"{seconds} seconds",
            _ when minutes == 1 => "About a minute",
            _ when minutes < 60 => $"{minutes} minutes",
            _ when hours == 1 => "About an hour",
            _ when hours < 48 => $"{hours} hours",
            _ when hours < 24 * 7 * 2 => $"{hours / 24} days",
            _ when hours < 24 * 30 * 2 => $"{hours / 24 / 7} weeks",
            _ when hours < 24 * 365 * 2 => $"{hours / 24 / 30} months",
            _ => $"{(long)duration.TotalHours / 24 / 365} years",
        };
    }
}
