using System.Net.Security;
using System.Net.Sockets;
using Boreal.Client.Addresses;
using Boreal.Client.Errors;

namespace Boreal.Client.Transport;

/// <summary>Opens connections to one daemon.</summary>
internal sealed class Connector(ClientOptions options)
{
    private readonly DaemonAddress _address = options.Address;

    /// <summary>The Host header: a fixed word for a unix socket, as other clients of the API send.</summary>
    public string HostHeader => _address.SocketPath is not null ? "localhost" : $"{_address.Host}:{_address.Port}";

    public async Task<Connection> ConnectAsync(CancellationToken cancellationToken)
    {
        Socket? socket = null;
        try
        {
            socket = await DialAsync(cancellationToken);
            var plain = new NetworkStream(socket, ownsSocket: true);
            if (options.Tls is null && !_address.ForcesTls) return new Connection(plain, socket, tls: null);
            var tls = await TlsHandshake.RunAsync(plain, _address.Host, options.Tls ?? new TlsFiles(), cancellationToken);
            return new Connection(tls, socket, tls);
        }
        catch (Exception failure) when (failure is SocketException or IOException or System.Security.Authentication.AuthenticationException
                                            or System.Security.Cryptography.CryptographicException)
        {
            socket?.Dispose();
            throw new DaemonUnreachableException(_address.Text, failure);
        }
    }

    private async Task<Socket> DialAsync(CancellationToken cancellationToken)
    {
        if (_address.SocketPath is { } path)
        {
            var unix = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                // A unix socket's connect never waits long, so the plain call keeps start-up short.
                unix.Connect(new UnixDomainSocketEndPoint(path));
                return unix;
            }
            catch
            {
                unix.Dispose();
                throw;
            }
        }

        var tcp = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await tcp.ConnectAsync(_address.Host, _address.Port, cancellationToken);
            return tcp;
        }
        catch
        {
            tcp.Dispose();
            throw;
        }
    }
}
