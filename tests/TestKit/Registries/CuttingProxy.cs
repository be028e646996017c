using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Boreal.Tests.TestKit.Registries;

/// <summary>
/// A TCP proxy in front of a registry that cuts connections: each in turn may carry so many bytes in one direction, then both sides are
/// reset. When the list is used up, connections are left alone.
/// </summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private const int BufferSize = 64 << 10;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ends = new();
    private readonly Queue<(Direction Direction, long Bytes)> _cuts;
    private readonly int _target;
    private readonly Task _accepting;
    private readonly ConcurrentQueue<string> _requests = new();
    private long _toClient;
    private long _toServer;
    private int _made;

    /// <param name="target">The port on this machine that connections go on to.</param>
    /// <param name="direction">Which way bytes are counted.</param>
    /// <param name="cuts">After how many bytes the first, second, ... connection is cut.</param>
    public CuttingProxy(int target, Direction direction, IEnumerable<long> cuts)
    {
        _target = target;
        _cuts = new(cuts.Select(bytes => (direction, bytes)));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Which way bytes travel.</summary>
    public enum Direction
    {
        ToClient,
        ToServer,
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Connections cut so far.</summary>
    public int CutsMade => Volatile.Read(ref _made);

    /// <summary>All bytes that reached clients.</summary>
    public long BytesToClient => Interlocked.Read(ref _toClient);

    /// <summary>All bytes that reached the server.</summary>
    public long BytesToServer => Interlocked.Read(ref _toServer);

    /// <summary>The heads of the requests without a body that have passed, in order.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ends.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_ends.IsCancellationRequested) _ = CarryAsync(await _listener.AcceptSocketAsync(_ends.Token));
    }

    private async Task CarryAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target, _ends.Token);
                // Only a connection that carries something counts, so the budget is taken with the first byte.
                await Task.WhenAll(PumpAsync(client, server, Direction.ToServer), PumpAsync(server, client, Direction.ToClient));
            }
            catch (Exception problem) when (problem is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                Reset(client);
                Reset(server);
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Direction direction)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            long? left = null;
            int count;
            while ((count = await from.ReceiveAsync(buffer.AsMemory(0, BufferSize), _ends.Token)) > 0)
            {
                left ??= NextCut(direction);
                if (direction is Direction.ToServer && buffer.AsSpan(0, count).StartsWith("GET "u8)) _requests.Enqueue(Encoding.ASCII.GetString(buffer, 0, count));
                var allowed = (int)Math.Min(count, left.Value);
                await SendAsync(to, buffer.AsMemory(0, allowed), direction);
                left -= allowed;
                if (left > 0) continue;
                Interlocked.Increment(ref _made);
                Reset(from);
                Reset(to);
                return;
            }

            to.Shutdown(SocketShutdown.Send);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes, Direction direction)
    {
        while (!bytes.IsEmpty)
        {
            var sent = await to.SendAsync(bytes, _ends.Token);
            Interlocked.Add(ref direction is Direction.ToClient ? ref _toClient : ref _toServer, sent);
            bytes = bytes[sent..];
        }
    }

    private long NextCut(Direction direction)
    {
        lock (_cuts) return _cuts.TryPeek(out var cut) && cut.Direction == direction ? _cuts.Dequeue().Bytes : long.MaxValue;
    }

    // Closing with a linger of nothing sends RST: the other side learns that the stream did not end well.
    private static void Reset(Socket socket)
    {
        if (socket.SafeHandle.IsClosed) return;
        socket.LingerState = new LingerOption(enable: true, 0);
        socket.Close();
    }
}
