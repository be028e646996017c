using System.Text;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Processes;
using Boreal.Linux.Syscalls;
using Boreal.Shim.Connections;
using Boreal.Shim.Streams;
using Boreal.ShimWire;
using Boreal.ShimWire.Messages;

namespace Boreal.Shim.Containers;

/// <summary>Start, exit and release.</summary>
internal sealed partial class ContainerHost
{
    private const int DrainMilliseconds = 1000;

    // An engine that listens asks sooner. Processes that outlived their init end then at the latest.
    private const int TidyMilliseconds = 20;
    private const int RuntimeMissing = -1;

    private readonly StdioPlan _stdio;
    private string? _memoryCounter;
    private MemoryWatch? _memoryWatch;
    private bool _outOfMemoryTold;
    private ExitRecord? _exit;
    private bool _outputAbandoned;
    private bool _drained;
    private bool _tidied;
    private bool _deleted;
    private FileDescriptor? _record;
    private (ControlConnection Control, int Request)? _release;

    internal void Start(ControlConnection control, int request)
    {
        if (_status.Phase is not ShimPhase.Created)
        {
            control.SendFailed(request, Errno.EEXIST, "container was started already");
            return;
        }

        _status = new StateMessage(ShimPhase.Starting, 0, 0);
        try
        {
            _runtime.Run(_stdio, code => OnRuntimeEnded(control, request, code));
            _stdio.CloseChildEnds();
        }
        catch (LinuxException exception)
        {
            OnStartFailed(control, request, RuntimeMissing, exception.Message);
        }
    }

    internal void Release(ControlConnection control, int request)
    {
        if (_status.Phase is ShimPhase.Starting or ShimPhase.Running)
        {
            control.SendFailed(request, Errno.EBUSY, "container is running");
            return;
        }

        _release = (control, request);
        if (_exit is not null) Tidy();
        if (_status.Phase is ShimPhase.Created || _deleted) Quit();
    }

    private void OnRuntimeEnded(ControlConnection control, int request, int code)
    {
        var processId = code == 0 ? _state.ReadNumber(ShimFiles.RuntimePid) : null;
        if (processId is not { } started)
        {
            OnStartFailed(control, request, code, _stdio.ReadFailure());
            return;
        }

        _status = new StateMessage(ShimPhase.Running, started, Clock.RealTimeNanoseconds());
        _state.RecordProcess(ShimFiles.Init, started);
        _memoryCounter = MemoryEvents.FindCounter(_launch.CgroupPath, started);
        _memoryWatch = MemoryWatch.TryStart(_loop, _memoryCounter, TellOutOfMemory);
        _stdio.OpenOutput(_streams);
        ApplySize();
        control.SendStarted(request, _status);
        TellOthers(control);
        _reaper.Expect(started, OnInitExited);
    }

    /// <summary>Also when the runtime was killed half-way: what it left goes before the engine hears of it.</summary>
    private void OnStartFailed(ControlConnection control, int request, int code, string text)
    {
        KillChildren();
        _streams.Finish();
        _stdio.Dispose();
        if (code == RuntimeMissing) FinishFailedStart(control, request, code, text);
        else DeleteFromRuntime(() => FinishFailedStart(control, request, code, text));
    }

    private void FinishFailedStart(ControlConnection control, int request, int code, string text)
    {
        _deleted = true;
        _status = default;
        control.SendFailed(request, code, text);
        TellOthers(control);
        if (_controls.Count == 0) Quit();
    }

    /// <summary>An engine that came while the start was under way waits for its outcome.</summary>
    private void TellOthers(ControlConnection requester)
    {
        foreach (var control in _controls.ToArray())
            if (control != requester) control.SendState(_status);
    }

    private void OnInitExited(int code)
    {
        _exit = new ExitRecord(code, Clock.RealTimeNanoseconds(), MemoryEvents.HasKilled(_memoryCounter));
        // The end may be seen before the notice of the kill, and a removed group wakes its watchers too.
        _memoryWatch?.Stop();
        if (_exit.Value.OutOfMemory && !_outOfMemoryTold) TellOutOfMemory();
        _record = _exit.Value.Save(_launch.ExitRecordPath);
        _loop.After(TidyMilliseconds, Tidy);
        _loop.After(DrainMilliseconds, () =>
        {
            _outputAbandoned = true;
            EndWhenDrained();
        });
        EndWhenDrained();
    }

    /// <summary>What nobody waits for, once the engine has been told.</summary>
    private void Tidy()
    {
        if (_tidied) return;
        _tidied = true;
        // Also ends processes that outlived their init because it shared a pid namespace; they may hold the output open.
        DeleteFromRuntime(OnDeleted);
        // A loss of power before this would have ended the machine's containers anyway.
        ExitRecord.Settle(_record);
        _record?.Dispose();
    }

    private void EndWhenDrained()
    {
        if (_exit is null || _status.Phase is ShimPhase.Exited) return;
        if (!_streams.OutputEnded && !_outputAbandoned) return;
        if (!_drained)
        {
            _drained = true;
            _log?.Close();
            _streams.Finish();
        }

        if (_streams.HasClients) return;
        _status = _status with { Phase = ShimPhase.Exited };
        foreach (var control in _controls.ToArray()) SendExited(control);
    }

    private void SendExited(ControlConnection control)
    {
        if (_exit is { } exit) control.SendExited(exit.Code, exit.Nanoseconds, exit.OutOfMemory);
    }

    private void TellOutOfMemory()
    {
        _outOfMemoryTold = true;
        foreach (var control in _controls.ToArray()) control.SendOutOfMemory();
    }

    private void OnDeleted()
    {
        _deleted = true;
        if (_release is not null) Quit();
    }

    private void DeleteFromRuntime(Action done)
    {
        try
        {
            _runtime.Delete(_ => done());
        }
        catch (LinuxException)
        {
            // No memory or process to spare: the engine removes what is left when it removes the container.
            done();
        }
    }

    /// <summary>A killed runtime leaves its half-made container to us as subreaper, one generation after the other.</summary>
    private static void KillChildren()
    {
        var path = $"/proc/self/task/{Environment.ProcessId}/children";
        while (Paths.TryReadSmall(path) is { Length: > 0 } content)
        {
            foreach (var child in Encoding.ASCII.GetString(content).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (!int.TryParse(child, out var processId)) continue;
                Signals.TrySend(processId, Signals.Kill);
                Children.Wait(processId);
            }
        }
    }

    private void Quit()
    {
        _stdio.Dispose();
        // The launch file last: without it there is nothing to look for.
        foreach (var name in (ReadOnlySpan<string>)[ShimFiles.Socket, ShimFiles.Init, ShimFiles.Shim, ShimFiles.RuntimePid, ShimFiles.Launch])
            _state.Remove(name);
        if (_release is { } release) release.Control.SendOk(release.Request);
        _loop.Ended = true;
    }
}
