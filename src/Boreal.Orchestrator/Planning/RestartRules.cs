using Boreal.Api.Apps;
using Boreal.Orchestrator.Services;

namespace Boreal.Orchestrator.Planning;

/// <summary>Whether, when and how often a slot whose task has ended is filled again.</summary>
internal static class RestartRules
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(10);
    private const int MostRemembered = 100;

    /// <summary>Why the slot stays as it is, in words; null when it is to be filled again.</summary>
    public static string? Refusal(ServiceSpec spec, TaskView task, long generation)
    {
        if (task.Task.Generation < generation)
            return null;
        if (task.Status.IsHeld)
            return "stopped by hand: start its container, or put the service again";
        // Started again by hand after it was held.
        if (task is { Status.State: TaskState.Shutdown, Task.FailedBy: "" })
            return null;
        var policy = spec.Restart;
        var failed = task.Status.State is not TaskState.Complete || task.Task.FailedBy.Length > 0;
        return policy.Condition switch
        {
            "none" => failed ? "failed, and its restart condition is none" : "completed",
            "on-failure" when !failed => "completed",
            _ => Attempts(policy, task) is var attempts && policy.MaxAttempts > 0 && attempts >= policy.MaxAttempts
                ? $"started again {attempts} times, which is the most its restart policy allows"
                : null,
        };
    }

    /// <summary>How long the next start waits.</summary>
    public static TimeSpan Delay(TaskRestartPolicy policy, TaskView task) =>
        policy.Delay is { } asked ? Nanoseconds.ToSpan(asked) : TimeSpan.FromTicks(Math.Min(FirstDelay.Ticks << Math.Min(Streak(task), 16), LongestDelay.Ticks));

    /// <summary>Failures in a row with this one; 0 when it ran long enough.</summary>
    public static int Streak(TaskView task) =>
        task.Status.RunningAt is { } running && task.Status.Since - running >= LongEnough ? 0 : task.Task.Streak;

    /// <summary>The slot's starts with one more.</summary>
    public static IReadOnlyList<DateTimeOffset> Remember(TaskRestartPolicy policy, TaskView task, DateTimeOffset now) =>
        policy.MaxAttempts == 0 ? [] : [.. Within(policy, task, now).TakeLast(MostRemembered - 1), now];

    // Counted when it ended: what is given up then is given up.
    private static int Attempts(TaskRestartPolicy policy, TaskView task) => Within(policy, task, task.Status.Since).Count();

    private static IEnumerable<DateTimeOffset> Within(TaskRestartPolicy policy, TaskView task, DateTimeOffset now) =>
        policy.Window == 0 ? task.Task.Restarts : task.Task.Restarts.Where(start => now - start < Nanoseconds.ToSpan(policy.Window));
}
