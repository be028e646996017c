using Boreal.Linux.Processes;

namespace Boreal.Daemon.Hosting;

/// <summary>
/// Gives back what work has left in memory once the daemon has had nothing to do for a while. The collector by itself keeps it for the
/// next allocation, which in a quiet daemon never comes.
/// </summary>
internal sealed class QuietMemory : IDisposable
{
    /// <summary>How long it has to be quiet.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    // Of an interval: timers and health checks use less.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(30);

    // Less work than this leaves nothing that is worth a collection.
    private static readonly TimeSpan Worthwhile = TimeSpan.FromMilliseconds(50);

    private readonly Func<TimeSpan> _processorTime;
    private readonly Action _giveBack;
    private readonly ITimer _timer;
    private TimeSpan _seen;
    private TimeSpan _afterLast;

    /// <param name="time">The clock.</param>
    /// <param name="processorTime">What this process has used of all processors since it began.</param>
    /// <param name="giveBack">Called once after each stretch of work.</param>
    internal QuietMemory(TimeProvider time, Func<TimeSpan> processorTime, Action giveBack)
    {
        (_processorTime, _giveBack) = (processorTime, giveBack);
        _timer = time.CreateTimer(_ => Look(), null, Interval, Interval);
    }

    public static QuietMemory OfThisProcess(TimeProvider time) => new(time, () => Environment.CpuUsage.TotalTime, GiveBack);

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var used = _processorTime();
        var isQuiet = used - _seen < Quiet;
        _seen = used;
        if (!isQuiet || used - _afterLast < Worthwhile)
            return;
        _giveBack();
        _afterLast = _seen = _processorTime();
    }

    private static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        NativeHeap.Trim();
        ProgramPages.Unmap();
    }
}
