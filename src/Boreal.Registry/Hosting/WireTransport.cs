using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Boreal.Registry.Hosting;

/// <summary>
/// Kestrel's transport here. The stock one receives 4 KiB at a time on one thread for another; this one reads a socket when it
/// is asked to, in pieces that suit layers.
/// </summary>
internal sealed class WireTransport : IConnectionListenerFactory
{
    private const int Backlog = 512;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, endpoint is UnixDomainSocketEndPoint ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            // As Kestrel's own: the address for any IPv6 takes IPv4 too.
            if (endpoint is IPEndPoint { Address: var address } && address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(endpoint);
            socket.Listen(Backlog);
            return ValueTask.FromResult<IConnectionListener>(new WireListener(socket));
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            throw new AddressInUseException(e.Message, e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
