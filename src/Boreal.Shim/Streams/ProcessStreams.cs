using Boreal.Linux.Descriptors;
using Boreal.Shim.Logs;
using Boreal.Shim.Loop;
using Boreal.ShimWire.Logs;
using Boreal.ShimWire.Messages;

namespace Boreal.Shim.Streams;

/// <summary>A process' standard streams and those who read them: the log and any number of clients.</summary>
internal sealed class ProcessStreams
{
    private readonly EventLoop _loop;
    private readonly bool _tty;
    private readonly bool _inputEndsWithClient;
    private readonly IContainerLog? _log;
    private readonly List<OutputSource> _sources = [];
    private readonly List<AttachClient> _clients = [];
    private bool _paused;
    private bool _finished;

    internal ProcessStreams(EventLoop loop, bool tty, bool inputEndsWithClient, IContainerLog? log)
    {
        _loop = loop;
        _tty = tty;
        _inputEndsWithClient = inputEndsWithClient;
        _log = log;
        Stdin = new StdinSink(loop, OnStdinRoom);
    }

    internal StdinSink Stdin { get; }

    /// <summary>The terminal, where there is one.</summary>
    internal FileDescriptor? Terminal { get; private set; }

    /// <summary>Called when an output ends or a client goes.</summary>
    internal Action? Changed { get; set; }

    internal bool OutputEnded
    {
        get
        {
            foreach (var source in _sources)
                if (!source.Closed) return false;
            return true;
        }
    }

    internal bool HasClients => _clients.Count > 0;

    internal void ReadFrom(FileDescriptor output, StdStream stream) => _sources.Add(new OutputSource(_loop, output, stream, this));

    internal void UseTerminal(FileDescriptor terminal, bool withInput)
    {
        Terminal = terminal;
        ReadFrom(terminal, StdStream.Stdout);
        if (withInput) Stdin.Open(terminal.Duplicate());
    }

    internal void Attach(FileDescriptor socket, AttachStreams streams)
    {
        var client = new AttachClient(_loop, socket, streams, this);
        _clients.Add(client);
        if (_finished) client.Finish();
    }

    internal void OnOutput(StdStream stream, ReadOnlySpan<byte> data)
    {
        _log?.Write(stream, data);
        // Backwards: a client that turns out to be gone removes itself.
        for (var i = _clients.Count - 1; i >= 0; i--) _clients[i].Send(stream, data, raw: _tty);
        UpdatePause();
    }

    internal void OnOutputClosed() => Changed?.Invoke();

    internal void OnClientProgress() => UpdatePause();

    internal void OnClientClosed(AttachClient client)
    {
        _clients.Remove(client);
        UpdatePause();
        Changed?.Invoke();
    }

    internal void OnClientInputEnded()
    {
        if (_inputEndsWithClient && !_tty) Stdin.CloseWhenDrained();
    }

    /// <summary>Stops reading and lets clients go when they have everything.</summary>
    internal void Finish()
    {
        _finished = true;
        foreach (var source in _sources) source.Close();
        Stdin.Close();
        for (var i = _clients.Count - 1; i >= 0; i--) _clients[i].Finish();
    }

    private void OnStdinRoom()
    {
        foreach (var client in _clients) client.UpdateWatch();
    }

    private void UpdatePause()
    {
        var pause = false;
        foreach (var client in _clients) pause |= client.HoldsBack;
        if (pause == _paused) return;
        _paused = pause;
        foreach (var source in _sources)
        {
            if (pause) source.Pause();
            else if (!source.Closed) source.Resume();
        }
    }
}
