using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Boreal.Ingress.Certificates;
using Boreal.Ingress.Listening;
using Boreal.Ingress.Routing;
using Boreal.Orchestrator.Errors;
using Boreal.Orchestrator.Routes;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace Boreal.Ingress.Sites;

/// <summary>What all sites share.</summary>
internal sealed class SiteTools(IngressServer server, TimeProvider time, ILoggerFactory loggers) : IDisposable
{
    private readonly SocketConnectionContextFactory _connections =
        new(new SocketConnectionFactoryOptions { UnsafePreferInlineScheduling = true }, loggers.CreateLogger<SocketConnectionContextFactory>());

    private readonly ILogger _doorLogger = loggers.CreateLogger<Door>();
    private readonly ILogger _certificateLogger = loggers.CreateLogger<CertificateFiles>();

    public TimeProvider Time => time;

    /// <exception cref="AppException">The address is in use, or not this machine's.</exception>
    public Door Open(IPEndPoint address, string service, IEntry entry, ICertificateChoice? tls)
    {
        try
        {
            return Door.Open(address, new DoorSetting(entry, tls, tls is null ? server.Plain : server.Secure, _connections, time, _doorLogger));
        }
        catch (SocketException exception)
        {
            throw new AppException(AppErrorKind.Unavailable, $"cannot listen on {address} for {service}: {exception.Message.ToLowerInvariant()}: free the address, or choose another", exception);
        }
    }

    /// <summary>The certificate of a service's settings: the one it has, where that is of the same files.</summary>
    /// <exception cref="AppException">It cannot be used.</exception>
    public CertificateFiles? CertificateFor(HttpSettings settings, CertificateFiles? known)
    {
        if (!settings.HasTls) return null;
        return known is not null && (known.Certificate, known.Key) == (settings.Certificate, settings.Key)
            ? known
            : new CertificateFiles(settings.Certificate, settings.Key, [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11], time, _certificateLogger);
    }

    public void Dispose() => _connections.Dispose();
}
