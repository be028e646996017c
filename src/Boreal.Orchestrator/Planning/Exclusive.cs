using Boreal.Api.Apps;

namespace Boreal.Orchestrator.Planning;

/// <summary>Services of which a slot's old and new container cannot run at the same time.</summary>
internal static class Exclusive
{
    /// <summary>It holds something of the host or of a network that only one can have: a port of its own, or a fixed address.</summary>
    public static bool IsAlone(ServiceSpec spec) =>
        spec.Ports.Any(port => port.Mode is "host" && port.Published is not ("" or "0") && !port.Published.Contains('-'))
        || spec.Template.HostConfig?.PortBindings is { Count: > 0 }
        || spec.Template.NetworkingConfig?.EndpointsConfig?.Values.Any(endpoint => endpoint?.IPAMConfig is { IPv4Address.Length: > 0 } or { IPv6Address.Length: > 0 }) == true;
}
