using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Boreal.Engine.Networks.Ports;

/// <summary>Carries datagrams that arrive at a host port's own socket to the container, and its answers back: one socket per client.</summary>
internal sealed class UdpProxy : IDisposable
{
    private const int MaxDatagram = 65535;
    private const int MaxClients = 1024;
    private static readonly TimeSpan ClientIdle = TimeSpan.FromSeconds(90);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<EndPoint, Socket> _clients = new();
    private readonly Socket _listener;
    private readonly HostNetwork _host;
    private readonly IPEndPoint _target;
    private readonly TimeProvider _time;
    private readonly Task _receiving;

    /// <summary>Begins at once; the listener stays the caller's.</summary>
    public UdpProxy(Socket listener, HostNetwork host, IPEndPoint target, TimeProvider time)
    {
        _listener = listener;
        _host = host;
        _target = target;
        _time = time;
        _receiving = ReceiveAsync(_stopping.Token);
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _receiving.ContinueWith(_ => _stopping.Dispose(), TaskScheduler.Default);
    }

    private async Task ReceiveAsync(CancellationToken stopping)
    {
        // Most ports never see a datagram here: the buffer is made when the first one is there.
        byte[] buffer = [];
        var any = new IPEndPoint(_listener.AddressFamily is AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (buffer.Length == 0)
                {
                    await _listener.ReceiveFromAsync(Memory<byte>.Empty, SocketFlags.Peek, any, stopping);
                    buffer = new byte[MaxDatagram];
                }

                var datagram = await _listener.ReceiveFromAsync(buffer.AsMemory(), SocketFlags.None, any, stopping);
                if (ClientSocket(datagram.RemoteEndPoint, stopping) is { } socket)
                    await socket.SendAsync(buffer.AsMemory(0, datagram.ReceivedBytes), stopping);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException && stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // One client's datagram is lost, as UDP allows (nobody listens in the container, or the client's time was over).
                if (stopping.IsCancellationRequested) return;
            }
        }
    }

    private Socket? ClientSocket(EndPoint client, CancellationToken stopping)
    {
        if (_clients.TryGetValue(client, out var existing)) return existing;
        if (_clients.Count >= MaxClients) return null;
        var socket = _host.OpenSocket(_target.AddressFamily, ProtocolType.Udp);
        socket.Connect(_target);
        _clients[client] = socket;
        _ = AnswerAsync(client, socket, stopping);
        return socket;
    }

    private async Task AnswerAsync(EndPoint client, Socket socket, CancellationToken stopping)
    {
        using var owned = socket;
        var buffer = new byte[MaxDatagram];
        try
        {
            while (true)
            {
                using var idle = new CancellationTokenSource(ClientIdle, _time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, stopping);
                var count = await socket.ReceiveAsync(buffer.AsMemory(), either.Token);
                await _listener.SendToAsync(buffer.AsMemory(0, count), client, either.Token);
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Idle, refused by the container, or stopping: the next datagram of this client begins anew.
            _clients.TryRemove(client, out _);
        }
    }
}
