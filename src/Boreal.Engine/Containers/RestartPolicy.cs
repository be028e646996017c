using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Containers;

/// <summary>Docker's restart rules as a pure function. See docs.docker.com, "Start containers automatically".</summary>
internal static class RestartPolicy
{
    public static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    /// <summary>A run at least this long was a success: the delay starts over.</summary>
    public static readonly TimeSpan LongRun = TimeSpan.FromSeconds(10);

    /// <summary>Whether a container that ended with <paramref name="exitCode"/> is to be started again.</summary>
    public static bool Applies(RestartSpec restart, int exitCode, int restartsSoFar, bool manuallyStopped) => restart.Policy switch
    {
        "always" or "unless-stopped" => !manuallyStopped,
        "on-failure" => !manuallyStopped && exitCode != 0
            && (restart.MaximumRetryCount == 0 || restartsSoFar < restart.MaximumRetryCount),
        _ => false,
    };

    /// <summary>As <see cref="Applies"/>, when the daemon comes up: <c>always</c> forgets that a person stopped it.</summary>
    public static bool AppliesAtBoot(RestartSpec restart, ContainerStatus status) =>
        status.StartedAt is not null
        && Applies(restart, status.ExitCode, status.RestartCount, status.ManuallyStopped && restart.Policy != "always");

    /// <summary>The wait before the next start, given the wait before this run.</summary>
    public static TimeSpan NextDelay(TimeSpan previous, TimeSpan ran)
    {
        if (previous == TimeSpan.Zero || ran >= LongRun)
            return FirstDelay;
        var doubled = previous * 2;
        return doubled < LongestDelay ? doubled : LongestDelay;
    }
}
