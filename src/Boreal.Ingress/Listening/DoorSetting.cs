using Boreal.Ingress.Certificates;
using Boreal.Ingress.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace Boreal.Ingress.Listening;

/// <summary>What becomes of the connections that a door accepts.</summary>
/// <param name="Entry">Who answers their requests.</param>
/// <param name="Tls">With which certificates; null without TLS.</param>
/// <param name="Target">Where they are handed in.</param>
/// <param name="Connections">Makes them of sockets.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Hears of failures.</param>
internal sealed record DoorSetting(
    IEntry Entry, ICertificateChoice? Tls, HandInListener Target, SocketConnectionContextFactory Connections, TimeProvider Time, ILogger Logger);
