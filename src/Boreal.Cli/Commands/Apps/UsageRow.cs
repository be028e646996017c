using System.Globalization;
using Boreal.Api.Apps;
using Boreal.Cli.Output;
using Boreal.Cli.Templates.Values;

namespace Boreal.Cli.Commands.Apps;

/// <summary>A service's figures.</summary>
/// <param name="Now">The newest look.</param>
/// <param name="Before">The one before; null: there is none yet.</param>
/// <param name="Oldest">The oldest one of which response times are told.</param>
internal sealed record UsageRow(ServiceUsage Now, ServiceUsage? Before, ServiceUsage? Oldest)
{
    private const string None = "--";

    /// <summary>Of one processor, all tasks together; null: not known yet.</summary>
    public double? CpuPercent
    {
        get
        {
            if (Before is null || Now.At <= Before.At) return null;
            var earlier = Before.Tasks.ToDictionary(task => task.ContainerId, task => task.CpuTime);
            // A container that has been started again since begins anew.
            var used = Now.Tasks.Where(task => earlier.TryGetValue(task.ContainerId, out var then) && task.CpuTime >= then).Sum(task => (double)(task.CpuTime - earlier[task.ContainerId]));
            return used / (Now.At - Before.At).TotalNanoseconds * 100;
        }
    }

    /// <summary>Null: nobody looks into requests, or not twice yet.</summary>
    public double? RequestsPerSecond =>
        Now.Traffic is { } traffic && Before is { Traffic: { } before } && Now.At > Before.At ? (traffic.Requests - before.Requests) / (Now.At - Before.At).TotalSeconds : null;

    private double Memory => Now.Tasks.Sum(task => (double)task.Memory);

    private double MemoryLimit => Now.Tasks.All(task => task.MemoryLimit > 0) ? Now.Tasks.Sum(task => (double)task.MemoryLimit) : 0;

    public static TypedColumns<UsageRow> Columns() => new TypedColumns<UsageRow>("*app.usage")
        .Add("App", "APP", row => row.Now.App)
        .Add("Name", "SERVICE", row => row.Now.Name)
        .Add("Replicas", "REPLICAS", row => $"{row.Now.Counts.Running}/{row.Now.Counts.Desired}")
        .Add("Ready", "READY", row => $"{row.Now.Ready}")
        .Add("CPUPerc", "CPU %", row => row.CpuPercent is { } percent ? Number(percent, "F2") + "%" : None)
        .Add("MemUsage", "MEM USAGE / LIMIT", row => row.Now.Tasks.Count == 0 ? $"{None} / {None}" : $"{Units.BinarySize(row.Memory)} / {(row.MemoryLimit > 0 ? Units.BinarySize(row.MemoryLimit) : None)}")
        .Add("Connections", "CONNS", row => row.Now.Connections is { } count ? $"{count}" : None)
        .Add("InFlight", "IN FLIGHT", row => row.Now.Traffic is { } traffic ? $"{traffic.InFlight}" : None)
        .Add("Requests", "REQ/S", row => row.RequestsPerSecond is { } rate ? Number(rate, "F1") : None)
        .Add("Failed", "FAILED", row => row.Now.Traffic is { } traffic ? $"{traffic.Failed}" : None)
        .Add("P50", "P50", row => row.Time(0.5))
        .Add("P95", "P95", row => row.Time(0.95))
        .Add("Status", "STATUS", row => row.Now.Converged ? "as asked" : "on the way")
        .Add("Decision", "LAST DECISION", row => row.Now.LastDecision is { } decision ? $"{Age(row.Now.At - decision.At)} ago: {decision.Why}" : "");

    /// <summary>Seconds in which so large a share of the latest requests was answered; null when there was none.</summary>
    public double? Percentile(double share)
    {
        if (Now.Traffic is not { } traffic) return null;
        var earlier = (Oldest?.Traffic?.ResponseTimes ?? []).ToDictionary(bucket => bucket.Seconds, bucket => bucket.Count);
        var recent = traffic.ResponseTimes.Select(bucket => bucket with { Count = bucket.Count - earlier.GetValueOrDefault(bucket.Seconds) }).Where(bucket => bucket.Count > 0).ToList();
        var wanted = recent.Sum(bucket => bucket.Count) * share;
        var seen = 0L;
        foreach (var bucket in recent)
        {
            seen += bucket.Count;
            if (seen >= wanted) return bucket.Seconds;
        }
        return null;
    }

    private string Time(double share) => Percentile(share) switch
    {
        null => None,
        < 1 and var seconds => Number(seconds * 1000, seconds < 0.01 ? "F1" : "F0") + "ms",
        var seconds => Number(seconds.Value, "F1") + "s",
    };

    private static string Age(TimeSpan age) => age switch
    {
        { TotalDays: >= 1 } => $"{(int)age.TotalDays}d",
        { TotalHours: >= 1 } => $"{(int)age.TotalHours}h",
        { TotalMinutes: >= 1 } => $"{(int)age.TotalMinutes}m",
        _ => $"{Math.Max((int)age.TotalSeconds, 0)}s",
    };

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
