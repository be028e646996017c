using System.Net;
using System.Net.Sockets;

namespace Boreal.Tests.Functional.Distribution;

/// <summary>Passes TCP through to a port of this machine, and cuts a connection after a number of bytes (none: it lives).</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _target;
    private readonly Func<long?> _next;
    private readonly Task _accepting;
    private int _cuts;

    public CuttingProxy(int target, Func<long?> next)
    {
        (_target, _next) = (target, next);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public int Cuts => _cuts;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(CarryAsync(await _listener.AcceptSocketAsync(_end.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task CarryAsync(Socket client)
    {
        using var near = client;
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        await far.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
        var left = new Allowance(_next() ?? long.MaxValue);
        await Task.WhenAny(PumpAsync(near, far, left), PumpAsync(far, near, left));
        if (left.IsUsedUp)
            Interlocked.Increment(ref _cuts);
    }

    // One direction; ends when either side closes or the allowance is used up.
    private async Task PumpAsync(Socket from, Socket to, Allowance left)
    {
        var buffer = new byte[32 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _end.Token) is > 0 and var count)
            {
                var allowed = left.Take(count);
                for (var sent = 0; sent < allowed;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, allowed - sent), _end.Token);
                if (allowed < count)
                    return;
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other direction has ended the connection.
        }
    }

    private sealed class Allowance(long bytes)
    {
        private long _left = bytes;

        public bool IsUsedUp => Interlocked.Read(ref _left) < 0;

        public int Take(int wanted)
        {
            var left = Interlocked.Add(ref _left, -wanted);
            return left >= 0 ? wanted : (int)Math.Max(0, wanted + left);
        }
    }
}
