using System.Net;
using Boreal.Ingress.Certificates;
using Boreal.Ingress.Listening;
using Boreal.Ingress.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace Boreal.Ingress.Sites;

/// <summary>What all sites share.</summary>
internal sealed class SiteTools(IngressServer server, TimeProvider time, ILoggerFactory loggers) : IDisposable
{
    private readonly SocketConnectionContextFactory _connections =
        new(new SocketConnectionFactoryOptions { UnsafePreferInlineScheduling = true }, loggers.CreateLogger<SocketConnectionContextFactory>());

    private readonly ILogger _logger = loggers.CreateLogger<Door>();

    public TimeProvider Time => time;

    /// <exception cref="System.Net.Sockets.SocketException">The address is in use, or not this machine's.</exception>
    public Door Open(IPEndPoint address, IEntry entry, ICertificateChoice? tls) =>
        Door.Open(address, new DoorSetting(entry, tls, tls is null ? server.Plain : server.Secure, _connections, time, _logger));

    public void Dispose() => _connections.Dispose();
}
