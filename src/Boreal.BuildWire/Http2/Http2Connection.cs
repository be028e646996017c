using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;

namespace Boreal.BuildWire.Http2;

/// <summary>
/// Either side of HTTP/2 on a stream that is there already. The runtime's own client cannot be used: it joins the values of a
/// header into one, and services of sessions are told their patterns as several values. The stream stays its owner's.
/// </summary>
internal sealed class Http2Connection : IAsyncDisposable
{
    private const int LargestFrame = 64 * 1024;
    private const int ConnectionGrant = 64 << 20;
    private const int MostRequests = 1000;

    private static readonly (ushort Id, uint Value)[] Settings =
    [
        (SettingId.HeaderTableSize, 0),
        (SettingId.EnablePush, 0),
        (SettingId.InitialWindowSize, Http2Stream.Window),
        (SettingId.MaxFrameSize, LargestFrame),
    ];

    private readonly FrameWriter _frames;
    private readonly PipeReader _input;
    private readonly Action<Http2Stream>? _accept;
    private readonly SendWindow _window = new();
    private readonly HeaderBlock _headers = new();
    private readonly SemaphoreSlim _opening = new(1);
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<int, Http2Stream> _streams = [];
    private readonly HashSet<Http2Stream> _fed = [];
    private Task _reading = Task.CompletedTask;
    private Exception? _failure;
    private int _lastId = -1;
    private int _received;

    private Http2Connection(Stream stream, Action<Http2Stream>? accept)
    {
        _accept = accept;
        _frames = new FrameWriter(stream);
        _input = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: LargestFrame, minimumReadSize: 4096, leaveOpen: true));
        Ended = _ended.Token;
    }

    /// <summary>Cancelled when nothing can come any more.</summary>
    public CancellationToken Ended { get; }

    /// <summary>The side that asks.</summary>
    public static Task<Http2Connection> OpenAsync(Stream stream, CancellationToken cancellationToken) => StartAsync(new Http2Connection(stream, null), cancellationToken);

    /// <summary>The side that is asked: each request is handed to <paramref name="accept"/>, which must not wait and owns it from then on.</summary>
    public static Task<Http2Connection> ServeAsync(Stream stream, Action<Http2Stream> accept, CancellationToken cancellationToken) =>
        StartAsync(new Http2Connection(stream, accept), cancellationToken);

    public async Task<Http2Stream> RequestAsync(IEnumerable<HeaderField> head, CancellationToken cancellationToken)
    {
        Http2Stream stream;
        var block = HeaderEncoder.Encode(head);
        // Ids must reach the peer in their order.
        await _opening.WaitAsync(cancellationToken);
        try
        {
            lock (_lock)
            {
                if (_failure is { } failure)
                    throw new Http2Exception(Http2Error.Refused, "the connection has ended", failure);
                stream = new Http2Stream(this, _lastId += 2);
                _streams.Add(stream.Id, stream);
            }
            _window.Open(stream.Id);
            await _frames.WriteHeadersAsync(stream.Id, block, FrameFlags.None, cancellationToken);
        }
        finally
        {
            _opening.Release();
        }
        return stream;
    }

    public async ValueTask DisposeAsync()
    {
        Fail(new Http2Exception(Http2Error.Cancelled, "the connection was closed"));
        await _reading;
        _frames.Dispose();
        _opening.Dispose();
        _ended.Dispose();
    }

    internal async ValueTask<bool> SendAsync(int id, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        while (!data.IsEmpty)
        {
            var allowed = await _window.TakeAsync(id, Math.Min(data.Length, _frames.LargestPayload), cancellationToken);
            if (allowed == 0)
                return false;
            await _frames.WriteAsync(FrameKind.Data, FrameFlags.None, id, data[..allowed], cancellationToken);
            data = data[allowed..];
        }
        return true;
    }

    internal ValueTask FinishSendingAsync(int id, CancellationToken cancellationToken) =>
        _frames.WriteAsync(FrameKind.Data, FrameFlags.EndOrAcknowledge, id, ReadOnlyMemory<byte>.Empty, cancellationToken);

    internal ValueTask GrantAsync(int id, int amount, CancellationToken cancellationToken) =>
        _frames.WriteNumberAsync(FrameKind.WindowUpdate, id, (uint)amount, cancellationToken);

    internal ValueTask AnswerAsync(int id, IEnumerable<HeaderField> head, bool endsStream, CancellationToken cancellationToken) =>
        _frames.WriteHeadersAsync(id, HeaderEncoder.Encode(head), endsStream ? FrameFlags.EndOrAcknowledge : FrameFlags.None, cancellationToken);

    internal void Forget(int id)
    {
        lock (_lock)
            _streams.Remove(id);
        _window.Close(id);
    }

    internal async ValueTask ResetAsync(int id)
    {
        try
        {
            if (!Ended.IsCancellationRequested)
                await _frames.WriteNumberAsync(FrameKind.Reset, id, (uint)Http2Error.Cancelled, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            Fail(e);
        }
    }

    private static async Task<Http2Connection> StartAsync(Http2Connection connection, CancellationToken cancellationToken)
    {
        if (connection._accept is null)
            await connection._frames.WritePrefaceAsync(cancellationToken);
        await connection._frames.WriteSettingsAsync(Settings, cancellationToken);
        // Each stream has a window; the connection's adds nothing to them and is kept open wide.
        await connection._frames.WriteNumberAsync(FrameKind.WindowUpdate, 0, int.MaxValue - 65535, cancellationToken);
        connection._reading = connection.ReadAllAsync();
        return connection;
    }

    private async Task ReadAllAsync()
    {
        Exception end = new Http2Exception(Http2Error.None, "the connection was closed by the other side");
        try
        {
            if (_accept is not null)
                await ReadPrefaceAsync();
            while (await ReadSomeAsync())
            {
                // Until its end.
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            end = e;
        }
        Fail(end);
    }

    private async Task ReadPrefaceAsync()
    {
        var read = await _input.ReadAtLeastAsync(FrameWriter.Preface.Length, Ended);
        if (read.Buffer.Length < FrameWriter.Preface.Length || !read.Buffer.Slice(0, FrameWriter.Preface.Length).ToArray().AsSpan().SequenceEqual(FrameWriter.Preface))
            throw new Http2Exception(Http2Error.Protocol, "the other side does not begin as HTTP/2");
        _input.AdvanceTo(read.Buffer.GetPosition(FrameWriter.Preface.Length));
    }

    private async Task<bool> ReadSomeAsync()
    {
        var read = await _input.ReadAsync(Ended);
        var rest = read.Buffer;
        while (rest.Length >= FrameHead.Size)
        {
            var head = FrameHead.Read(rest);
            if (head.Length > LargestFrame)
                throw new Http2Exception(Http2Error.FrameSize, $"a frame of {head.Length} bytes");
            if (rest.Length < FrameHead.Size + head.Length)
                break;
            await ReceiveAsync(head, rest.Slice(FrameHead.Size, head.Length));
            rest = rest.Slice(FrameHead.Size + head.Length);
        }
        // Whoever waits is woken once for all that came together.
        foreach (var stream in _fed)
            await stream.TellAsync();
        _fed.Clear();
        _input.AdvanceTo(rest.Start, read.Buffer.End);
        return !read.IsCompleted;
    }

    private ValueTask ReceiveAsync(FrameHead head, ReadOnlySequence<byte> payload)
    {
        if (_headers.Stream != 0 && (head.Kind is not FrameKind.Continuation || head.Stream != _headers.Stream))
            throw new Http2Exception(Http2Error.Protocol, "headers were interrupted");
        switch (head.Kind)
        {
            case FrameKind.Data:
                return ReceiveDataAsync(head, payload);
            case FrameKind.Headers:
                _headers.Begin(head.Stream, head.Has(FrameFlags.EndOrAcknowledge));
                ReceiveHeaders(head, FramePadding.Remove(head, payload));
                break;
            case FrameKind.Continuation:
                if (_headers.Stream == 0 || payload.IsEmpty)
                    throw new Http2Exception(Http2Error.Protocol, "headers go on that had not begun");
                ReceiveHeaders(head, payload);
                break;
            case FrameKind.Reset:
                var error = (Http2Error)Number(payload);
                Find(head.Stream)?.End(new Http2Exception(error, $"the stream was given up by the other side: {error}"));
                _window.Close(head.Stream);
                break;
            case FrameKind.Settings:
                return ReceiveSettingsAsync(head, payload);
            case FrameKind.Push:
                throw new Http2Exception(Http2Error.Protocol, "a push that was not wanted");
            case FrameKind.Ping when !head.Has(FrameFlags.EndOrAcknowledge):
                return _frames.WriteAsync(FrameKind.Ping, FrameFlags.EndOrAcknowledge, 0, payload.ToArray(), CancellationToken.None);
            case FrameKind.GoAway:
                throw new Http2Exception(Http2Error.None, "the connection was ended by the other side");
            case FrameKind.WindowUpdate:
                _window.Add(head.Stream, (int)(Number(payload) & int.MaxValue));
                break;
        }
        return ValueTask.CompletedTask;
    }

    private void ReceiveHeaders(FrameHead head, ReadOnlySequence<byte> part)
    {
        _headers.Add(part);
        if (!head.Has(FrameFlags.EndHeaders))
            return;
        var endsStream = _headers.EndsStream;
        var fields = _headers.Finish();
        var request = _accept is not null && head.Stream > _lastId ? Admit(head.Stream) : null;
        (request ?? Find(head.Stream))?.ReceiveHeaders(fields, endsStream);
        if (request is not null)
            _accept?.Invoke(request);
    }

    private Http2Stream Admit(int id)
    {
        if ((id & 1) == 0)
            throw new Http2Exception(Http2Error.Protocol, $"there is no stream {id}");
        var stream = new Http2Stream(this, id);
        lock (_lock)
        {
            if (_streams.Count >= MostRequests)
                throw new Http2Exception(Http2Error.EnhanceYourCalm, $"more than {MostRequests} requests at once");
            _lastId = id;
            _streams.Add(id, stream);
        }
        _window.Open(id);
        return stream;
    }

    private async ValueTask ReceiveDataAsync(FrameHead head, ReadOnlySequence<byte> payload)
    {
        // Data of a stream that we gave up is dropped; it counts all the same.
        if (Find(head.Stream) is { } stream)
        {
            stream.ReceiveData(FramePadding.Remove(head, payload), head.Length, head.Has(FrameFlags.EndOrAcknowledge));
            _fed.Add(stream);
        }
        _received += head.Length;
        if (_received < ConnectionGrant)
            return;
        var grant = (uint)_received;
        _received = 0;
        await _frames.WriteNumberAsync(FrameKind.WindowUpdate, 0, grant, CancellationToken.None);
    }

    private async ValueTask ReceiveSettingsAsync(FrameHead head, ReadOnlySequence<byte> payload)
    {
        if (head.Has(FrameFlags.EndOrAcknowledge))
            return;
        if (payload.Length % 6 != 0)
            throw new Http2Exception(Http2Error.FrameSize, "settings of a broken length");
        var settings = payload.ToArray();
        for (var at = 0; at < settings.Length; at += 6)
        {
            var value = BinaryPrimitives.ReadUInt32BigEndian(settings.AsSpan(at + 2));
            switch (BinaryPrimitives.ReadUInt16BigEndian(settings.AsSpan(at)))
            {
                case SettingId.InitialWindowSize:
                    _window.SetInitial(value);
                    break;
                case SettingId.MaxFrameSize:
                    // More would only delay what others send.
                    _frames.LargestPayload = (int)Math.Clamp(value, 16 * 1024, LargestFrame);
                    break;
            }
        }
        await _frames.WriteAsync(FrameKind.Settings, FrameFlags.EndOrAcknowledge, 0, ReadOnlyMemory<byte>.Empty, CancellationToken.None);
    }

    private Http2Stream? Find(int id)
    {
        lock (_lock)
        {
            if (id <= 0 || (id & 1) == 0 || id > _lastId)
                throw new Http2Exception(Http2Error.Protocol, $"there is no stream {id}");
            return _streams.GetValueOrDefault(id);
        }
    }

    private void Fail(Exception failure)
    {
        List<Http2Stream> streams;
        lock (_lock)
        {
            if (_failure is not null)
                return;
            _failure = failure;
            streams = [.. _streams.Values];
        }
        foreach (var stream in streams)
        {
            stream.End(failure);
            _window.Close(stream.Id);
        }
        _ended.Cancel();
    }

    private static uint Number(in ReadOnlySequence<byte> payload)
    {
        if (payload.Length != 4)
            throw new Http2Exception(Http2Error.FrameSize, "a frame of a broken length");
        Span<byte> number = stackalloc byte[4];
        payload.CopyTo(number);
        return BinaryPrimitives.ReadUInt32BigEndian(number);
    }
}
