using System.Diagnostics;
using System.Globalization;
using System.Text;
using Boreal.Linux.Descriptors;

namespace Boreal.Linux.Cgroups;

/// <summary>
/// Keeps moves of processes between control groups quick while some are expected. The first move after a quiet time makes the
/// kernel wait for an RCU grace period (cgroup_threadgroup_rwsem, 5 to 20 ms); for some 15 ms after a move others need not wait.
/// So this process is moved into the group it is in, again and again: that changes nothing else.
/// </summary>
public sealed class CgroupMoves : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(8);

    // Starts and execs come in bursts: who did one does another within a second.
    private static readonly TimeSpan Expectation = TimeSpan.FromSeconds(1);

    private readonly FileDescriptor? _group;
    private readonly byte[] _self = Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
    private readonly AutoResetEvent _expected = new(false);
    private readonly ManualResetEvent _stopping = new(false);
    private readonly Thread? _mover;
    private long _until;

    /// <summary>Where the own group cannot be opened for writing this does nothing.</summary>
    public CgroupMoves(CgroupLayout layout)
    {
        _group = OpenOwn(layout);
        if (_group is null) return;
        _mover = new Thread(KeepMoving, 64 * 1024) { IsBackground = true, Name = "cgroup moves" };
        _mover.Start();
    }

    /// <summary>A process will be put into a group within the next tens of milliseconds, and maybe others after it. Does not wait.</summary>
    public void Expect()
    {
        Volatile.Write(ref _until, Stopwatch.GetTimestamp() + (long)(Expectation.TotalSeconds * Stopwatch.Frequency));
        _expected.Set();
    }

    public void Dispose()
    {
        _stopping.Set();
        _mover?.Join();
        _group?.Dispose();
        _expected.Dispose();
        _stopping.Dispose();
    }

    private static FileDescriptor? OpenOwn(CgroupLayout layout)
    {
        // HIERARCHY:CONTROLLERS:PATH, see cgroups(7); every hierarchy shares the one lock.
        foreach (var line in File.ReadLines("/proc/self/cgroup"))
        {
            var fields = line.Split(':', 3);
            if (fields.Length < 3) continue;
            var directory = fields[1].Length == 0 ? layout.DirectoryV2(fields[2]) : layout.DirectoryV1(fields[1].Split(',')[0], fields[2]);
            if (directory is not null && FileDescriptor.TryOpen($"{directory}/cgroup.procs", OpenFlags.WriteOnly, 0, out _) is { } group) return group;
        }

        return null;
    }

    private void KeepMoving()
    {
        WaitHandle[] wakers = [_stopping, _expected];
        while (WaitHandle.WaitAny(wakers) != 0)
        {
            while (Stopwatch.GetTimestamp() < Volatile.Read(ref _until))
            {
                // Refused or not, the lock has been taken.
                _group?.TryWrite(_self);
                if (_stopping.WaitOne(Interval)) return;
            }
        }
    }
}
