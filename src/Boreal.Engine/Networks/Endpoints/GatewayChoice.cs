namespace Boreal.Engine.Networks.Endpoints;

/// <summary>
/// Which of a container's networks leads out: of those with a gateway the one of the highest priority, of equals the first
/// by name. Each family is chosen for itself.
/// </summary>
internal readonly record struct GatewayChoice(EndpointStatus? IPv4, EndpointStatus? IPv6)
{
    public static GatewayChoice Of(IEnumerable<EndpointStatus> endpoints)
    {
        var ordered = endpoints.OrderByDescending(endpoint => endpoint.GatewayPriority).ThenBy(endpoint => endpoint.Network, StringComparer.Ordinal).ToList();
        return new GatewayChoice(ordered.Find(endpoint => endpoint.Gateway.Length > 0), ordered.Find(endpoint => endpoint.Gateway6.Length > 0));
    }

    /// <summary>Where published ports lead to: the way out, if that is a bridge of this host.</summary>
    public EndpointStatus? OfPorts => (IPv4 ?? IPv6) is { Driver: Drivers.BridgeDriver.DriverName } endpoint ? endpoint : null;
}
