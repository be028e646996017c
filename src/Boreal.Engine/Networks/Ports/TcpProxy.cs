using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Boreal.Engine.Networks.Ports;

/// <summary>Splices TCP connections that arrive at a host port's own socket to a container, half-close included.</summary>
internal sealed class TcpProxy : IDisposable
{
    private const int BufferBytes = 64 << 10;
    private static readonly TimeSpan PauseWhenOutOfDescriptors = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Socket _listener;
    private readonly HostNetwork _host;
    private readonly PortTargets _targets;
    private readonly TimeProvider _time;
    private readonly Task _accepting;

    /// <summary>Begins at once; the listener stays the caller's.</summary>
    public TcpProxy(Socket listener, HostNetwork host, PortTargets targets, TimeProvider time)
    {
        _listener = listener;
        _host = host;
        _targets = targets;
        _time = time;
        _accepting = AcceptAsync(_stopping.Token);
    }

    /// <summary>Ends accepting and every connection; needs no waiting: nothing else is held.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _accepting.ContinueWith(_ => _stopping.Dispose(), TaskScheduler.Default);
    }

    private async Task AcceptAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptAsync(stopping);
                _ = SpliceAsync(client, stopping);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // A client that went away before it was accepted, or no descriptor left: the listener is still good.
                await Task.Delay(PauseWhenOutOfDescriptors, _time, CancellationToken.None);
            }
        }
    }

    private async Task SpliceAsync(Socket client, CancellationToken stopping)
    {
        using var near = client;
        try
        {
            var (far, target) = await ConnectAsync(stopping);
            _targets.Opened(target);
            try
            {
                using var owned = far;
                near.NoDelay = far.NoDelay = true;
                await Task.WhenAll(CopyAsync(near, far, stopping), CopyAsync(far, near, stopping));
            }
            finally
            {
                _targets.Closed(target);
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone: closing the other tells it. A reset is what a client of a closed port expects.
            near.LingerState = new LingerOption(enable: true, seconds: 0);
        }
    }

    /// <summary>The target whose turn it is; where nobody listens there, the next.</summary>
    private async Task<(Socket Socket, IPEndPoint Target)> ConnectAsync(CancellationToken stopping)
    {
        SocketException? refused = null;
        foreach (var target in _targets.InTurn())
        {
            var socket = _host.OpenSocket(target.AddressFamily, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(target, stopping);
                return (socket, target);
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                refused = exception;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw refused ?? new SocketException((int)SocketError.ConnectionRefused);
    }

    private static async Task CopyAsync(Socket from, Socket to, CancellationToken stopping)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (true)
            {
                var count = await from.ReceiveAsync(buffer.AsMemory(), stopping);
                if (count == 0) break;
                for (var sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), stopping);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The other direction must not wait for a peer that will never answer.
            from.Dispose();
            to.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
