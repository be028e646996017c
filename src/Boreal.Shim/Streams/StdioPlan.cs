using Boreal.Linux.Descriptors;
using Boreal.Linux.Sockets;
using Boreal.Shim.Runtime;
using Boreal.ShimWire.Logs;
using Boreal.ShimWire.Messages;

namespace Boreal.Shim.Streams;

/// <summary>Both sides of a process' standard streams, made before the runtime is called: pipes, or a socket on which it sends the terminal.</summary>
internal sealed class StdioPlan : IDisposable
{
    private readonly Pipe? _stdin;
    private readonly Pipe? _stdout;
    private readonly Pipe? _stderr;
    private readonly FileDescriptor? _console;
    private readonly StateDirectory _state;
    private readonly string _consoleName;
    private readonly bool _tty;
    private readonly AttachStreams _streams;

    internal StdioPlan(StateDirectory state, bool tty, AttachStreams streams, string consoleName)
    {
        (_state, _tty, _streams, _consoleName) = (state, tty, streams, consoleName);
        // Always: a failing runtime gives its reason here.
        _stderr = new Pipe();
        if (tty)
        {
            ConsolePath = state.ShortPathOf(consoleName);
            state.Remove(consoleName);
            _console = UnixSocket.Listen(ConsolePath, 1);
            return;
        }

        if (streams.HasFlag(AttachStreams.Stdin)) _stdin = new Pipe();
        if (streams.HasFlag(AttachStreams.Stdout)) _stdout = new Pipe();
    }

    internal string? ConsolePath { get; }

    internal FileDescriptor? ChildStdin => _stdin?.ReadEnd;

    internal FileDescriptor? ChildStdout => _stdout?.WriteEnd;

    internal FileDescriptor? ChildStderr => _stderr?.WriteEnd;

    /// <summary>Input written from now on waits in the pipe for the process.</summary>
    internal void OpenInput(ProcessStreams streams)
    {
        if (_stdin is not null) streams.Stdin.Open(_stdin.WriteEnd);
        else if (!_tty) streams.Stdin.Close();
    }

    /// <summary>The runtime holds its ends by now.</summary>
    internal void CloseChildEnds()
    {
        _stdin?.ReadEnd.Dispose();
        _stdout?.WriteEnd.Dispose();
        _stderr?.WriteEnd.Dispose();
    }

    internal string ReadFailure() => RuntimeCall.ReadFailure(_stderr?.ReadEnd);

    /// <summary>The process runs: its output may be read.</summary>
    internal void OpenOutput(ProcessStreams streams)
    {
        if (_tty)
        {
            if (TakeTerminal() is { } terminal) streams.UseTerminal(terminal, _streams.HasFlag(AttachStreams.Stdin));
            _stderr?.ReadEnd.Dispose();
            return;
        }

        if (_stdout is not null) streams.ReadFrom(_stdout.ReadEnd, StdStream.Stdout);
        if (_stderr is not null) streams.ReadFrom(_stderr.ReadEnd, StdStream.Stderr);
    }

    /// <summary>For a start that failed.</summary>
    public void Dispose()
    {
        _stdout?.Dispose();
        _stderr?.Dispose();
        _stdin?.ReadEnd.Dispose();
        CloseConsole();
    }

    private FileDescriptor? TakeTerminal()
    {
        if (_console is null) return null;
        using var connection = UnixSocket.TryAccept(_console);
        var terminal = connection is null ? null : UnixSocket.TryReceiveDescriptor(connection);
        CloseConsole();
        return terminal;
    }

    private void CloseConsole()
    {
        if (_console is null) return;
        _console.Dispose();
        _state.Remove(_consoleName);
    }
}
