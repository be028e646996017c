using System.Net;

namespace Boreal.Ingress;

/// <summary>Where requests for routes arrive. Nothing listens there before the first route.</summary>
public sealed record IngressOptions
{
    public const int HttpPort = 80;
    public const int HttpsPort = 443;

    public IReadOnlyList<IPEndPoint> Http { get; init; } = [new(IPAddress.Any, HttpPort), new(IPAddress.IPv6Any, HttpPort)];

    /// <summary>Used once a service with routes has a certificate.</summary>
    public IReadOnlyList<IPEndPoint> Https { get; init; } = [new(IPAddress.Any, HttpsPort), new(IPAddress.IPv6Any, HttpsPort)];
}
