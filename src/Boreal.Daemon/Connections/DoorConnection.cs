using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using Boreal.Linux.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Boreal.Daemon.Connections;

/// <summary>
/// One client. Kestrel speaks HTTP over <see cref="Transport"/>, which reads the socket only when asked: an end of the
/// client's sending is seen where the next request would be, and aborts nothing. <c>ConnectionClosed</c>
/// stays unset for the same reason; <see cref="Gone"/> tells a vanished client. After <see cref="TakeOver"/> the socket is the endpoint's.
/// </summary>
internal sealed class DoorConnection : ConnectionContext, IDuplexPipe
{
    private const int BufferSize = 32 * 1024;
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(500);

    private readonly Socket _socket;
    private readonly ListeningEndPoint _endPoint;
    private readonly CancellationToken _stopping;
    private readonly Lock _lock = new();
    private Stream _stream;
    private HandoverReader? _input;
    private HandoverWriter? _output;
    private CancellationTokenSource? _gone;
    private IDisposable? _hangup;
    private bool _takenOver;
    private bool _writeClosed;
    private bool _disposed;
    private int _marking;

    public DoorConnection(Socket socket, ListeningEndPoint endPoint, CancellationToken stopping)
    {
        _socket = socket;
        _endPoint = endPoint;
        _stopping = stopping;
        _stream = new NetworkStream(socket, ownsSocket: false);
        Transport = this;
        LocalEndPoint = endPoint;
        Features.Set(this);
    }

    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString("N");

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new ConnectionItems();

    public override IDuplexPipe Transport { get; set; }

    PipeReader IDuplexPipe.Input => _input ?? throw new InvalidOperationException("the connection is not open yet");

    PipeWriter IDuplexPipe.Output => _output ?? throw new InvalidOperationException("the connection is not open yet");

    /// <summary>Cancelled when the daemon stops.</summary>
    public CancellationToken Stopping => _stopping;

    /// <summary>Cancelled when the client has vanished (half-closing is not vanishing) or the daemon stops.</summary>
    public CancellationToken Gone
    {
        get
        {
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                if (_gone is null)
                {
                    _gone = CancellationTokenSource.CreateLinkedTokenSource(_stopping);
                    _hangup = HangupWatch.Shared.Register(_socket.SafeHandle, countsReadHangup: _socket.AddressFamily is not AddressFamily.Unix, MarkGone);
                }
                return _gone.Token;
            }
        }
    }

    /// <summary>The TLS handshake, where there is one; false when the client did not pass it.</summary>
    public async Task<bool> OpenAsync()
    {
        if (_endPoint.Tls is { } tls)
        {
            var secured = new SslStream(_stream, leaveInnerStreamOpen: true);
            _stream = secured;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stopping);
            limit.CancelAfter(HandshakeTimeout);
            try
            {
                await secured.AuthenticateAsServerAsync(tls, limit.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                return false;
            }
        }
        _input = new HandoverReader(PipeReader.Create(_stream, new StreamPipeReaderOptions(bufferSize: BufferSize, leaveOpen: true)), MarkGone);
        _output = new HandoverWriter(PipeWriter.Create(_stream, new StreamPipeWriterOptions(minimumBufferSize: BufferSize, leaveOpen: true)), MarkGone);
        return true;
    }

    /// <summary>
    /// Whether the client speaks HTTP/2 from the first byte. Waits for as much as tells it and leaves it unread; if so, all that
    /// comes is left to HTTP/2 as it is.
    /// </summary>
    public async Task<bool> BeginsWithHttp2Async()
    {
        var input = _input ?? throw new InvalidOperationException("the connection is not open yet");
        InRequest(isServed: true);
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(_stopping);
                var answer = Http2Preface.Match(read.Buffer);
                var isKnown = answer is not null || read.IsCompleted;
                input.AdvanceTo(read.Buffer.Start, isKnown ? read.Buffer.Start : read.Buffer.End);
                if (!isKnown)
                    continue;
                InRequest(isServed: answer is true);
                return answer is true;
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Told when a request's head is complete, and when its answer is.</summary>
    public void InRequest(bool isServed)
    {
        if (_input is { } input)
            input.ReadsHead = !isServed;
    }

    /// <summary>
    /// Ends HTTP on this connection: Kestrel sees its end, the caller gets the bytes after the request and the way back.
    /// The request's body must have been read to its end.
    /// </summary>
    public ClientStream TakeOver()
    {
        var input = _input ?? throw new InvalidOperationException("the connection is not open yet");
        var output = _output ?? throw new InvalidOperationException("the connection is not open yet");
        _takenOver = true;
        output.HandOver();
        return new ClientStream(input.HandOver(), _stream, MarkGone);
    }

    /// <summary>Tells the client that nothing more will come; what it sends is still read.</summary>
    public async ValueTask CloseWriteAsync()
    {
        if (_writeClosed)
            return;
        _writeClosed = true;
        try
        {
            if (_stream is SslStream secured)
                await secured.ShutdownAsync();
            else
                _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // Nobody is left to be told.
            MarkGone();
        }
    }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        MarkGone();
        lock (_lock)
        {
            if (!_disposed && _socket.Connected)
                _socket.Shutdown(SocketShutdown.Both);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_takenOver)
            await LingerAsync();
        lock (_lock)
        {
            if (_disposed) return;
            _disposed = true;
            _hangup?.Dispose();
            if (_marking == 0)
                _gone?.Dispose();
        }
        await _stream.DisposeAsync();
        _socket.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>Closing with unread input resets the connection, and a client still sending would see an error for an end.</summary>
    private async Task LingerAsync()
    {
        await CloseWriteAsync();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Gone);
        limit.CancelAfter(Linger);
        var discarded = new byte[4096];
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
            while (await _socket.ReceiveAsync(discarded, limit.Token) > 0)
            {
                // Until the client has seen the end and ends too.
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // It left, or had its time.
        }
    }

    // What waits for the token runs here, without the lock; the source must outlive that.
    private void MarkGone()
    {
        CancellationTokenSource gone;
        lock (_lock)
        {
            if (_disposed) return;
            gone = _gone ??= CancellationTokenSource.CreateLinkedTokenSource(_stopping);
            _marking++;
        }
        gone.Cancel();
        lock (_lock)
        {
            // Reader, writer and watch may notice at the same time: the last one out closes.
            if (--_marking == 0 && _disposed)
                gone.Dispose();
        }
    }
}
