using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Health;

/// <summary>What a probe means, as a pure function, with Docker's defaults.</summary>
internal static class HealthPolicy
{
    private const int Remembered = 5;

    /// <summary>True if the spec asks for probes.</summary>
    public static bool IsEnabled(HealthSpec? spec) => spec?.Test is [not "NONE", _, ..];

    public static TimeSpan Timeout(HealthSpec spec) => OrDefault(spec.Timeout, 30);

    /// <summary>The wait before the next probe: shorter while the container starts up, if a start period is asked for.</summary>
    public static TimeSpan NextDelay(HealthSpec spec, HealthState state, TimeSpan sinceStart) =>
        state is HealthState.Starting && sinceStart < spec.StartPeriod
            ? OrDefault(spec.StartInterval, 5)
            : OrDefault(spec.Interval, 30);

    /// <summary>The status after one more probe. Failures before the first success do not count within the start period.</summary>
    public static HealthStatus Apply(HealthSpec spec, HealthStatus before, HealthProbe probe, DateTimeOffset startedAt)
    {
        IReadOnlyList<HealthProbe> log = [.. before.Log.TakeLast(Remembered - 1), probe];
        if (probe.ExitCode == 0)
            return new HealthStatus(HealthState.Healthy, 0, log);
        if (before.State is HealthState.Starting && probe.Start - startedAt < spec.StartPeriod)
            return before with { Log = log };
        var failures = before.FailingStreak + 1;
        var retries = spec.Retries > 0 ? spec.Retries : 3;
        return new HealthStatus(failures >= retries ? HealthState.Unhealthy : before.State, failures, log);
    }

    private static TimeSpan OrDefault(TimeSpan value, int seconds) => value > TimeSpan.Zero ? value : TimeSpan.FromSeconds(seconds);
}
