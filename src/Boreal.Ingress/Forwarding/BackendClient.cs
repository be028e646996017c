using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Boreal.Ingress.Forwarding;

/// <summary>Connections to one backend.</summary>
internal static class BackendClient
{
    /// <summary>A container of this machine answers at once, or its address is nobody's.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>How long connections that nothing uses are kept.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    /// <param name="keepsConnections">Requests may find a connection used before; each has a new one otherwise.</param>
    /// <param name="time">The clock of connecting.</param>
    public static HttpMessageInvoker Open(bool keepsConnections, TimeProvider time) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        EnableMultipleHttp2Connections = true,
        PooledConnectionIdleTimeout = keepsConnections ? Idle : TimeSpan.Zero,
        // A client's trace goes on as it came.
        ActivityHeadersPropagator = null,
        // A container's own certificate is for nobody's eyes: the way to it does not leave the machine.
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null },
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, time, cancellationToken),
    });

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint place, TimeProvider time, CancellationToken cancellationToken)
    {
        var address = IPAddress.Parse(place.Host);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, place.Port), either.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
