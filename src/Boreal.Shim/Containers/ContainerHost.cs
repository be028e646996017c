using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Processes;
using Boreal.Linux.Syscalls;
using Boreal.Linux.Terminals;
using Boreal.Shim.Connections;
using Boreal.Shim.Logs;
using Boreal.Shim.Loop;
using Boreal.Shim.Runtime;
using Boreal.Shim.Streams;
using Boreal.ShimWire;
using Boreal.ShimWire.Messages;

namespace Boreal.Shim.Containers;

/// <summary>The container this shim is for, from before its start until its exit is known and it is released.</summary>
internal sealed partial class ContainerHost
{
    private readonly EventLoop _loop;
    private readonly ChildReaper _reaper;
    private readonly LaunchMessage _launch;
    private readonly StateDirectory _state;
    private readonly RuntimeCall _runtime;
    private readonly ProcessStreams _streams;
    private readonly IContainerLog? _log;
    private readonly List<ControlConnection> _controls = [];
    private readonly List<ExecSession> _execs = [];
    private StateMessage _status;
    private ushort _rows;
    private ushort _columns;
    private int _execCount;

    internal ContainerHost(EventLoop loop, ChildReaper reaper, LaunchMessage launch, StateDirectory state)
    {
        (_loop, _reaper, _launch, _state) = (loop, reaper, launch, state);
        (_rows, _columns) = (launch.Rows, launch.Columns);
        _runtime = new RuntimeCall(launch, state, reaper);
        _log = OpenLog(launch.Log);
        _streams = new ProcessStreams(loop, launch.Tty, launch.StdinOnce, _log) { Changed = EndWhenDrained };
        _stdio = new StdioPlan(state, launch.Tty, Streams(launch), ShimFiles.Console);
        _stdio.OpenInput(_streams);
    }

    internal void AddControl(FileDescriptor socket)
    {
        var control = new ControlConnection(_loop, socket, this);
        _controls.Add(control);
        control.SendState(_status);
        if (_status.Phase is ShimPhase.Exited) SendExited(control);
    }

    internal void OnControlClosed(ControlConnection control)
    {
        _controls.Remove(control);
        // Before the start nobody but the engine that made us knows of us, and nothing runs yet.
        if (_controls.Count == 0 && _status.Phase is ShimPhase.Created) Quit();
    }

    internal void Attach(FileDescriptor socket, AttachStreams streams)
    {
        Greeting.Ok(socket);
        _streams.Attach(socket, streams);
    }

    internal void Exec(FileDescriptor socket, ExecMessage exec)
    {
        if (_status.Phase is not ShimPhase.Running || _exit is not null)
        {
            Greeting.Failed(socket, -1, "container is not running");
            socket.Dispose();
            return;
        }

        var session = new ExecSession(_loop, this, _state, socket, exec, ++_execCount);
        _execs.Add(session);
        session.Start(_runtime, _reaper);
    }

    internal void Forget(ExecSession session)
    {
        _execs.Remove(session);
        EndWhenDrained();
    }

    /// <summary>False when no engine listens.</summary>
    internal bool TellExecExited(string execId, int code)
    {
        foreach (var control in _controls.ToArray()) control.SendExecExited(execId, code);
        return _controls.Count > 0;
    }

    internal void OnExecExitSeen(string execId) => FindExec(execId)?.OnExitSeen();

    internal void Resize(ControlConnection control, int request, string execId, ushort rows, ushort columns)
    {
        var done = true;
        if (execId.Length > 0)
        {
            done = FindExec(execId)?.Resize(rows, columns) ?? false;
        }
        else
        {
            (_rows, _columns) = (rows, columns);
            ApplySize();
        }

        if (done) control.SendOk(request);
        else control.SendFailed(request, Errno.ESRCH, "no such exec");
    }

    internal void Signal(ControlConnection control, int request, int signal)
    {
        // Until we reap it the number is its own.
        if (_status.Phase is ShimPhase.Running && _exit is null && Signals.TrySend(_status.ProcessId, signal)) control.SendOk(request);
        else control.SendFailed(request, Errno.ESRCH, "container is not running");
    }

    internal void CloseStdin(ControlConnection control, int request)
    {
        _streams.Stdin.CloseWhenDrained();
        control.SendOk(request);
    }

    private static AttachStreams Streams(LaunchMessage launch) =>
        AttachStreams.Stdout | AttachStreams.Stderr | (launch.OpenStdin ? AttachStreams.Stdin : AttachStreams.None);

    private static IContainerLog? OpenLog(LogMessage target)
    {
        if (target.Format is LogFormat.None) return null;
        var log = new FileLog(target);
        return target.RingBytes > 0 ? new RingedLog(log, target.RingBytes) : log;
    }

    private ExecSession? FindExec(string execId)
    {
        foreach (var session in _execs)
            if (session.ExecId == execId) return session;
        return null;
    }

    private void ApplySize()
    {
        if (_rows > 0 && _streams.Terminal is { IsClosed: false } terminal) WindowSize.Apply(terminal, _rows, _columns);
    }
}
