using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Boreal.Engine.Networks.Dns;

/// <summary>Answers the questions of one sandbox. It holds no thread: own names are answered where the datagram is received.</summary>
internal sealed class SandboxListener : IAsyncDisposable
{
    private const int LongestQuestion = 2048;
    private const int LongestDatagram = 4096;
    private const int LongestMessage = ushort.MaxValue;
    private const int MostConnections = 32;

    /// <summary>Questions of this sandbox on their way at a time: one that floods us must leave room for the others.</summary>
    private const int MostForwarded = 256;
    private static readonly TimeSpan ConnectionIdle = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseWhenOutOfDescriptors = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stopping = new();
    private readonly string _namespacePath;
    private readonly LocalNames _names;
    private readonly Forwarder _forwarder;
    private readonly TimeProvider _time;
    private readonly Redirection _sockets;
    private readonly Task _working;
    private volatile ResolverSettings _settings;
    private int _connections;
    private int _forwarded;

    /// <summary>Begins at once.</summary>
    public SandboxListener(string namespacePath, ResolverSettings settings, LocalNames names, Forwarder forwarder, TimeProvider time)
    {
        _namespacePath = namespacePath;
        _settings = settings;
        _names = names;
        _forwarder = forwarder;
        _time = time;
        _sockets = Redirection.Open(namespacePath);
        _working = Task.WhenAll(ReceiveAsync(), AcceptAsync());
    }

    public void Update(ResolverSettings settings) => _settings = settings;

    /// <summary>Closes the sockets at once, which would keep the namespace alive; then waits for what still goes on.</summary>
    public async ValueTask DisposeAsync()
    {
        _sockets.Dispose();
        await _stopping.CancelAsync();
        await _working;
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[LongestQuestion];
        var sender = new SocketAddress(AddressFamily.InterNetwork);
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var length = await _sockets.Udp.ReceiveFromAsync(buffer.AsMemory(), SocketFlags.None, sender, _stopping.Token);
                if (TryAnswerHere(buffer.AsSpan(0, length), sender)) continue;
                var message = buffer[..length];
                var back = new SocketAddress(AddressFamily.InterNetwork, sender.Size);
                sender.Buffer.Span[..sender.Size].CopyTo(back.Buffer.Span);
                // Not from the datagram's thread: opening sockets in another namespace takes it away for a moment.
                _ = Task.Run(() => ForwardAsync(message, back), CancellationToken.None);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // A client that went away before its answer; the socket is still good unless we are stopping.
            }
        }
    }

    /// <summary>False when the question has to be passed on.</summary>
    private bool TryAnswerHere(ReadOnlySpan<byte> message, SocketAddress sender)
    {
        Span<byte> answer = stackalloc byte[LongestDatagram];
        var length = AnswerHere(message, answer, byTcp: false);
        if (length > 0) _sockets.Udp.SendTo(answer[..length], SocketFlags.None, sender);
        return length >= 0;
    }

    /// <summary>The answer's length; 0 for what deserves none, negative for what has to be passed on.</summary>
    private int AnswerHere(ReadOnlySpan<byte> message, Span<byte> answer, bool byTcp)
    {
        if (Query.Parse(message, out var query) is not { } code) return 0;
        var limit = byTcp ? answer.Length : Math.Min(query.AnswerLimit, answer.Length);
        if (code is not ResponseCode.Success) return new Answer(query, answer, limit).Finish(code);
        var settings = _settings;
        var length = _names.TryAnswer(query, settings, answer, limit);
        if (length > 0) return length;
        if (settings is { Forwards: true, Upstreams.Count: > 0 })
            return settings.KeepsSingleLabels && query.IsSingleLabel ? new Answer(query, answer, limit).Finish() : -1;
        return new Answer(query, answer, limit).Finish(ResponseCode.ServerFailure);
    }

    private async Task ForwardAsync(byte[] message, SocketAddress sender)
    {
        try
        {
            var answer = await ForwardAsync(message);
            var limit = Query.Parse(message, out var query) is null ? 0 : Math.Min(query.AnswerLimit, LongestDatagram);
            if (answer.Length > limit) answer = CutOff(answer, message);
            await _sockets.Udp.SendToAsync(answer.AsMemory(), SocketFlags.None, sender, _stopping.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The sandbox is gone, or the client is.
        }
    }

    /// <summary>An answer of the caller's own with the question's number.</summary>
    private async Task<byte[]> ForwardAsync(byte[] message)
    {
        try
        {
            var isAllowed = Interlocked.Increment(ref _forwarded) <= MostForwarded;
            var known = isAllowed ? await _forwarder.AskAsync(message, _settings, _namespacePath, _stopping.Token) : null;
            var answer = known is null ? Failure(message) : (byte[])known.Clone();
            message.AsSpan(0, 2).CopyTo(answer);
            return answer;
        }
        finally
        {
            Interlocked.Decrement(ref _forwarded);
        }
    }

    private static byte[] Failure(byte[] message)
    {
        Span<byte> buffer = stackalloc byte[LongestQuestion];
        // It was parsed before; a question that is too long for its own answer is none.
        Query.Parse(message, out var query);
        return buffer[..new Answer(query, buffer, buffer.Length).Finish(ResponseCode.ServerFailure)].ToArray();
    }

    /// <summary>No records, and word that there are some: the client asks again by TCP.</summary>
    private static byte[] CutOff(byte[] answer, byte[] message)
    {
        const ushort truncated = 0x0200;
        Query.Parse(message, out var query);
        var cut = answer[..(Query.HeaderLength + query.Question.Length)];
        BinaryPrimitives.WriteUInt16BigEndian(cut.AsSpan(2), (ushort)(BinaryPrimitives.ReadUInt16BigEndian(cut.AsSpan(2)) | truncated));
        cut.AsSpan(6, 6).Clear();
        return cut;
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var client = await _sockets.Tcp.AcceptAsync(_stopping.Token);
                if (Interlocked.Increment(ref _connections) > MostConnections)
                {
                    Interlocked.Decrement(ref _connections);
                    client.Dispose();
                    continue;
                }

                _ = ServeAsync(client);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                if (_stopping.IsCancellationRequested) return;
                await Task.Delay(PauseWhenOutOfDescriptors, _time, CancellationToken.None);
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        try
        {
            await using var stream = new NetworkStream(client, ownsSocket: true);
            while (true)
            {
                using var idle = new CancellationTokenSource(ConnectionIdle, _time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, _stopping.Token);
                if (await TcpFraming.ReadAsync(stream, either.Token) is not { } message) return;
                if (await AnswerByTcpAsync(message) is not { } answer) return;
                await TcpFraming.WriteAsync(stream, answer, either.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The client is gone, silent or sends nonsense: nobody waits for more.
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    private async Task<byte[]?> AnswerByTcpAsync(byte[] message)
    {
        var buffer = new byte[LongestMessage];
        var length = AnswerHere(message, buffer, byTcp: true);
        return length switch
        {
            0 => null,
            > 0 => buffer[..length],
            _ => await ForwardAsync(message),
        };
    }
}
