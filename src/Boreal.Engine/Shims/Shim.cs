using System.Collections.Concurrent;
using System.Net.Sockets;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.ShimWire;
using Boreal.ShimWire.Messages;

namespace Boreal.Engine.Shims;

/// <summary>A live shim: one container from before its start until it is released.</summary>
public sealed class Shim : IAsyncDisposable
{
    // How long a client that does not read may keep the others waiting for the news that the container has ended.
    private static readonly TimeSpan ClientPatience = TimeSpan.FromMilliseconds(500);

    private readonly ShimHome _home;
    private readonly ShimControl _control;
    private readonly ConcurrentDictionary<ShimStream, Task> _readers = new();
    private readonly TaskCompletionSource<ExitRecord> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<StateMessage> _state = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, ExecEnd> _execs = new();
    private readonly Task _watched;
    private volatile StartedProcess? _running;
    private volatile bool _leaving;

    internal Shim(ShimHome home, Socket control)
    {
        _home = home;
        _control = new ShimControl(control, OnEvent);
        _watched = WatchAsync();
    }

    /// <summary>The container's first process, once started.</summary>
    public StartedProcess? Running => _running;

    /// <summary>Completes when the container has ended and its output is in the log and with its clients.</summary>
    public Task<ExitRecord> Exited => _exited.Task;

    /// <summary>Raised at the first out-of-memory kill, on the thread that reads from the shim.</summary>
    public Action? OutOfMemory { get; set; }

    /// <summary>Runs the runtime. Once asked it is done: cancellation only stops the waiting.</summary>
    /// <exception cref="RuntimeStartException">The runtime refused; nothing of the container is left running.</exception>
    public async Task<StartedProcess> StartAsync(CancellationToken cancellationToken)
    {
        var answer = await _control.RequestAsync(FrameType.Start, null, cancellationToken);
        if (answer.Type is FrameType.Started)
        {
            SetRunning(ReadStarted(answer));
            // SetRunning has just set it.
            return _running!;
        }

        var (code, text) = ReadFailed(answer);
        await ReleaseAsync(CancellationToken.None);
        await _home.RemoveCgroupAsync();
        throw RuntimeFailure.OfStart(code, text, _home.Launch);
    }

    /// <summary>Connects a client; possible before the start, so that it misses nothing.</summary>
    public async Task<ShimStream> AttachAsync(ShimAttach attach, CancellationToken cancellationToken)
    {
        var greeting = new WireWriter();
        greeting.BeginFrame(FrameType.HelloAttach);
        greeting.Byte((byte)attach.Streams);
        greeting.EndFrame();
        var (socket, answer) = await _home.OpenAsync(greeting, cancellationToken);
        if (answer.Type is FrameType.Ok) return attach.Stdout || attach.Stderr ? Watched(new ShimStream(socket)) : new ShimStream(socket);
        socket.Dispose();
        throw new EngineException(ErrorKind.Internal, $"shim of container {_home.Id} refused to attach");
    }

    /// <exception cref="RuntimeStartException">The runtime could not start the process.</exception>
    public async Task<ShimExec> ExecAsync(ShimExecLaunch launch, CancellationToken cancellationToken)
    {
        var attach = new ShimAttach(launch.AttachStdin, launch.AttachStdout, launch.AttachStderr);
        var message = new ExecMessage
        {
            ExecId = launch.ExecId,
            ProcessSpecPath = launch.ProcessSpecPath,
            Tty = launch.Tty,
            Streams = attach.Streams,
            Rows = (ushort)(launch.ConsoleSize?.Height ?? 0),
            Columns = (ushort)(launch.ConsoleSize?.Width ?? 0),
        };
        var greeting = new WireWriter();
        greeting.BeginFrame(FrameType.HelloExec);
        message.WriteTo(greeting);
        greeting.EndFrame();

        var end = new ExecEnd(launch.Ended);
        if (!_execs.TryAdd(launch.ExecId, end)) throw new EngineException(ErrorKind.Conflict, $"exec {launch.ExecId} has been started already");
        try
        {
            var (socket, answer) = await _home.OpenAsync(greeting, cancellationToken);
            if (answer.Type is FrameType.ExecStarted)
            {
                var stdio = attach.Streams is AttachStreams.None ? null : new ShimStream(socket);
                if (stdio is null) socket.Dispose();
                if (_control.Ended.IsCompleted) end.Complete(ExecEnd.Killed);
                return new ShimExec(this, launch.ExecId, answer.Read().Int32(), stdio, end.Exited);
            }

            socket.Dispose();
            var reader = answer.Read();
            throw RuntimeFailure.OfExec(reader.Int32(), reader.Text(), launch.ProcessSpecPath);
        }
        catch
        {
            _execs.TryRemove(launch.ExecId, out _);
            throw;
        }
    }

    public Task ResizeAsync(ConsoleSize size, CancellationToken cancellationToken) => ResizeExecAsync("", size, cancellationToken);

    /// <summary>Sends a signal to the container's first process; Conflict when it is not running.</summary>
    public Task SignalAsync(int signal, CancellationToken cancellationToken) =>
        DoAsync(FrameType.Signal, writer => writer.Int32(signal), cancellationToken);

    public Task CloseStdinAsync(CancellationToken cancellationToken) => DoAsync(FrameType.CloseStdin, null, cancellationToken);

    /// <summary>The engine has the exit: the runtime's traces and the shim go. Idempotent.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        _leaving = true;
        if (!_control.Ended.IsCompleted)
        {
            try
            {
                await DoAsync(FrameType.Release, null, cancellationToken);
                await _control.Ended.WaitAsync(cancellationToken);
            }
            catch (EngineException exception) when (exception.Kind is ErrorKind.Unavailable)
            {
                // It went before it could answer; what is left is cleaned below.
            }
        }

        await _watched;
        await _home.RemoveAsync();
    }

    /// <summary>Lets go of the shim, which stays with its container (unless that was never started).</summary>
    public async ValueTask DisposeAsync()
    {
        _leaving = true;
        await _control.DisposeAsync();
        await _watched;
    }

    internal Task ResizeExecAsync(string execId, ConsoleSize size, CancellationToken cancellationToken) => DoAsync(
        FrameType.Resize,
        writer =>
        {
            writer.Text(execId);
            writer.Int32((int)size.Height);
            writer.Int32((int)size.Width);
        },
        cancellationToken);

    /// <summary>The first state that is not on its way to another; null when the shim ended before telling one.</summary>
    internal async Task<StateMessage?> WhenSettledAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAny(_state.Task, _control.Ended).WaitAsync(cancellationToken);
        return _state.Task.IsCompletedSuccessfully ? await _state.Task : null;
    }

    private async Task DoAsync(FrameType type, Action<WireWriter>? fields, CancellationToken cancellationToken)
    {
        var answer = await _control.RequestAsync(type, fields, cancellationToken);
        if (answer.Type is not FrameType.Failed) return;
        var (_, text) = ReadFailed(answer);
        throw new EngineException(ErrorKind.Conflict, $"container {_home.Id}: {text}");
    }

    private void OnEvent(ShimFrame frame)
    {
        var reader = frame.Read();
        switch (frame.Type)
        {
            case FrameType.State:
                OnState(StateMessage.Read(ref reader));
                break;
            case FrameType.Exited:
                _ = TellExitAsync(ExitRecord.FromWire(reader.Int32(), reader.Int64(), reader.Bool()));
                break;
            case FrameType.ExecExited:
                var execId = reader.Text();
                if (_execs.TryRemove(execId, out var end)) end.Complete(reader.Int32());
                _control.Send(FrameType.ExecExitSeen, writer => writer.Text(execId));
                break;
            case FrameType.OutOfMemory:
                OutOfMemory?.Invoke();
                break;
        }
    }

    // Output and exit come on different connections; who hears of the exit must have been given the output.
    private async Task TellExitAsync(ExitRecord exit)
    {
        await Task.WhenAny(Task.WhenAll(_readers.Values), Task.Delay(ClientPatience, _home.Time));
        _exited.TrySetResult(exit);
    }

    private ShimStream Watched(ShimStream stream)
    {
        _readers[stream] = stream.Ended;
        _ = stream.Ended.ContinueWith(
            _ => _readers.TryRemove(stream, out var _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return stream;
    }

    private void OnState(StateMessage state)
    {
        if (state.Phase is ShimPhase.Starting) return;
        if (state.Phase is ShimPhase.Running or ShimPhase.Exited) SetRunning(state);
        _state.TrySetResult(state);
    }

    private void SetRunning(StateMessage state) => _running = new StartedProcess(state.ProcessId, UnixTime.ToDateTime(state.StartedNanoseconds));

    private async Task WatchAsync()
    {
        await _control.Ended;
        foreach (var execId in _execs.Keys)
            if (_execs.TryRemove(execId, out var end)) end.Complete(ExecEnd.Killed);
        if (_leaving && !_exited.Task.IsCompleted)
        {
            _exited.TrySetCanceled();
            return;
        }

        if (!_leaving) _exited.TrySetResult(await _home.BuryAsync());
    }

    private static StateMessage ReadStarted(ShimFrame frame)
    {
        var reader = frame.Read();
        _ = reader.Int32();
        return StateMessage.Read(ref reader);
    }

    private static (int Code, string Text) ReadFailed(ShimFrame frame)
    {
        var reader = frame.Read();
        _ = reader.Int32();
        return (reader.Int32(), reader.Text());
    }
}
