using Boreal.Linux.Descriptors;
using Boreal.Linux.Events;

namespace Boreal.Shim.Loop;

/// <summary>The shim's one thread: waits for descriptors and deadlines, and calls their owners.</summary>
internal sealed class EventLoop
{
    private readonly List<Watch?> _watches = [];
    private readonly List<int> _free = [];
    private readonly List<int> _freedInBatch = [];
    private readonly List<Alarm> _alarms = [];

    internal Epoll Poll { get; } = new();

    internal bool Ended { get; set; }

    internal Watch Watch(FileDescriptor descriptor, IEventSource source)
    {
        var watch = new Watch(this, descriptor, source);
        if (_free.Count > 0)
        {
            watch.Token = _free[^1];
            _free.RemoveAt(_free.Count - 1);
            _watches[watch.Token] = watch;
        }
        else
        {
            watch.Token = _watches.Count;
            _watches.Add(watch);
        }

        return watch;
    }

    /// <summary>Calls back once, about so many milliseconds from now.</summary>
    internal Alarm After(int milliseconds, Action callback)
    {
        var alarm = new Alarm(Environment.TickCount64 + milliseconds, callback);
        _alarms.Add(alarm);
        return alarm;
    }

    internal void Forget(Watch watch)
    {
        _watches[watch.Token] = null;
        // Not free before the batch is over: a later event of the same batch may still name it.
        _freedInBatch.Add(watch.Token);
    }

    internal void Run()
    {
        while (!Ended)
        {
            var count = Poll.Wait(NextTimeout());
            for (var i = 0; i < count; i++)
            {
                var (events, token) = Poll.Ready(i);
                _watches[token]?.Source.OnReady(events);
            }

            _free.AddRange(_freedInBatch);
            _freedInBatch.Clear();
            RingAlarms();
        }
    }

    private int NextTimeout()
    {
        var next = long.MaxValue;
        foreach (var alarm in _alarms) next = Math.Min(next, alarm.Due);
        return next == long.MaxValue ? -1 : (int)Math.Max(0, next - Environment.TickCount64);
    }

    private void RingAlarms()
    {
        for (var i = _alarms.Count - 1; i >= 0; i--)
        {
            var alarm = _alarms[i];
            if (!alarm.Cancelled && alarm.Due > Environment.TickCount64) continue;
            _alarms.RemoveAt(i);
            if (!alarm.Cancelled) alarm.Ring();
            i = Math.Min(i, _alarms.Count);
        }
    }
}
