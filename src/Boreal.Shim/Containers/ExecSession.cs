using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Terminals;
using Boreal.Shim.Connections;
using Boreal.Shim.Loop;
using Boreal.Shim.Runtime;
using Boreal.Shim.Streams;
using Boreal.ShimWire.Messages;

namespace Boreal.Shim.Containers;

/// <summary>One exec: started by the runtime, its streams on the connection that asked for it, its exit told before these end.</summary>
internal sealed class ExecSession
{
    private const int DrainMilliseconds = 1000;
    private const int AcknowledgeMilliseconds = 2000;

    private readonly EventLoop _loop;
    private readonly ContainerHost _host;
    private readonly StateDirectory _state;
    private readonly FileDescriptor _socket;
    private readonly ExecMessage _exec;
    private readonly ProcessStreams _streams;
    private readonly StdioPlan _stdio;
    private readonly string _pidName;
    private int? _exitCode;
    private bool _told;
    private bool _forced;

    internal ExecSession(EventLoop loop, ContainerHost host, StateDirectory state, FileDescriptor socket, ExecMessage exec, int number)
    {
        (_loop, _host, _state, _socket, _exec) = (loop, host, state, socket, exec);
        _pidName = $"exec-{number}.pid";
        _streams = new ProcessStreams(loop, exec.Tty, inputEndsWithClient: true, log: null) { Changed = TellWhenDrained };
        _stdio = new StdioPlan(state, exec.Tty, exec.Streams, $"exec-{number}.sock");
    }

    internal string ExecId => _exec.ExecId;

    internal void Start(RuntimeCall runtime, ChildReaper reaper)
    {
        _stdio.OpenInput(_streams);
        try
        {
            runtime.Exec(_exec, _state.PathOf(_pidName), _stdio, code => OnRuntimeEnded(code, reaper));
            _stdio.CloseChildEnds();
        }
        catch (LinuxException exception)
        {
            Fail(-1, exception.Message);
        }
    }

    internal bool Resize(ushort rows, ushort columns)
    {
        if (_streams.Terminal is not { IsClosed: false } terminal) return false;
        WindowSize.Apply(terminal, rows, columns);
        return true;
    }

    /// <summary>The engine knows the exit: its clients may see the end of the streams.</summary>
    internal void OnExitSeen()
    {
        _streams.Finish();
        _host.Forget(this);
    }

    private void OnRuntimeEnded(int code, ChildReaper reaper)
    {
        var processId = code == 0 ? _state.ReadNumber(_pidName) : null;
        _state.Remove(_pidName);
        if (processId is not { } started)
        {
            Fail(code, _stdio.ReadFailure());
            return;
        }

        Greeting.ExecStarted(_socket, started);
        if (_exec.Streams is AttachStreams.None) _socket.Dispose();
        else _streams.Attach(_socket, _exec.Streams);
        _stdio.OpenOutput(_streams);
        if (_exec.Rows > 0) Resize(_exec.Rows, _exec.Columns);
        reaper.Expect(started, OnExited);
    }

    private void Fail(int code, string text)
    {
        Greeting.Failed(_socket, code, text);
        _stdio.Dispose();
        _streams.Stdin.Close();
        _socket.Dispose();
        _host.Forget(this);
    }

    private void OnExited(int code)
    {
        _exitCode = code;
        _loop.After(DrainMilliseconds, () =>
        {
            _forced = true;
            TellWhenDrained();
        });
        TellWhenDrained();
    }

    private void TellWhenDrained()
    {
        if (_told || _exitCode is not { } code || (!_streams.OutputEnded && !_forced)) return;
        _told = true;
        if (!_host.TellExecExited(ExecId, code))
        {
            OnExitSeen();
            return;
        }

        _loop.After(AcknowledgeMilliseconds, OnExitSeen);
    }
}
