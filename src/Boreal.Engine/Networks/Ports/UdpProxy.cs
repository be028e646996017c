using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Boreal.Engine.Networks.Ports;

/// <summary>Carries datagrams that arrive at a host port's own socket to a container, and its answers back: one socket per client.</summary>
internal sealed class UdpProxy : IDisposable
{
    private const int MaxDatagram = 65535;
    private const int MaxClients = 1024;
    private static readonly TimeSpan ClientIdle = TimeSpan.FromSeconds(90);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<EndPoint, (Socket Socket, IPEndPoint Target)> _clients = new();
    private readonly Socket _listener;
    private readonly HostNetwork _host;
    private readonly PortTargets _targets;
    private readonly TimeProvider _time;
    private readonly Task _receiving;

    /// <summary>Begins at once; the listener stays the caller's.</summary>
    public UdpProxy(Socket listener, HostNetwork host, PortTargets targets, TimeProvider time)
    {
        _listener = listener;
        _host = host;
        _targets = targets;
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
        // Who talks to a target that is none any more begins anew with another.
        if (_clients.TryGetValue(client, out var existing))
        {
            if (_targets.Has(existing.Target)) return existing.Socket;
            _clients.TryRemove(KeyValuePair.Create(client, existing));
            existing.Socket.Dispose();
        }

        if (_clients.Count >= MaxClients || _targets.InTurn().FirstOrDefault() is not { } target) return null;
        var socket = _host.OpenSocket(target.AddressFamily, ProtocolType.Udp);
        socket.Connect(target);
        _clients[client] = (socket, target);
        _ = AnswerAsync(client, (socket, target), stopping);
        return socket;
    }

    private async Task AnswerAsync(EndPoint client, (Socket Socket, IPEndPoint Target) exchange, CancellationToken stopping)
    {
        using var socket = exchange.Socket;
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
            _clients.TryRemove(KeyValuePair.Create(client, exchange));
        }
    }
}
