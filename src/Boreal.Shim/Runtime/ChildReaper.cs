using Boreal.Linux.Descriptors;
using Boreal.Linux.Events;
using Boreal.Linux.Processes;
using Boreal.Shim.Loop;

namespace Boreal.Shim.Runtime;

/// <summary>Reaps every child: runtime calls, the container's init, execs, and orphans that fall to us as subreaper.</summary>
internal sealed class ChildReaper : IEventSource
{
    private readonly FileDescriptor _signals = SignalFd.Open(Signals.Child);
    private readonly Dictionary<int, Action<int>> _expected = [];
    private readonly Dictionary<int, int> _unexpected = [];
    private int _runtimeCalls;

    internal ChildReaper(EventLoop loop) => loop.Watch(_signals, this).Want(EpollEvents.Readable);

    /// <summary>Calls back with the exit code, also when the child has been reaped while a runtime call was under way.</summary>
    internal void Expect(int processId, Action<int> ended)
    {
        if (_unexpected.Remove(processId, out var code)) ended(code);
        else _expected[processId] = ended;
    }

    /// <summary>While a runtime call is open, ended children nobody expects are remembered: its container may end before it does.</summary>
    internal void BeginRuntimeCall() => _runtimeCalls++;

    internal void EndRuntimeCall()
    {
        if (--_runtimeCalls == 0) _unexpected.Clear();
    }

    public void OnReady(EpollEvents events)
    {
        Span<byte> record = stackalloc byte[SignalFd.RecordBytes];
        while (_signals.TryRead(record) > 0)
        {
        }

        Reap();
    }

    internal void Reap()
    {
        while (Children.TryReapAny(out var processId, out var exitCode))
        {
            if (_expected.Remove(processId, out var ended)) ended(exitCode);
            else if (_runtimeCalls > 0) _unexpected[processId] = exitCode;
        }
    }
}
