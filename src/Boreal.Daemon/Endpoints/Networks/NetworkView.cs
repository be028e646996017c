using Boreal.Daemon.Endpoints.Containers;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Networks;
using Wire = Boreal.Api.Networks;

namespace Boreal.Daemon.Endpoints.Networks;

/// <summary>A network as list and inspect show it.</summary>
internal static class NetworkView
{
    private static readonly ApiVersion TellsIPv4 = new(1, 47);

    /// <param name="network">The network.</param>
    /// <param name="containers">Names of those on it; null shows nobody, as lists do.</param>
    /// <param name="version">What the client understands.</param>
    public static Wire.NetworkInspect Describe(Network network, ContainerRegistry? containers, ApiVersion version)
    {
        var definition = network.Definition;
        return new Wire.NetworkInspect
        {
            Name = definition.Name,
            Id = definition.Id,
            Created = GoTime.Format(definition.Created),
            Scope = definition.Scope,
            Driver = definition.Driver,
            EnableIPv4 = version < TellsIPv4 ? null : definition.EnableIPv4,
            EnableIPv6 = definition.EnableIPv6,
            IPAM = new Wire.NetworkIpam
            {
                Driver = definition.IpamDriver,
                Options = definition.IpamOptions,
                Config = definition.Pools.Count == 0 && !definition.IsConfigOnly ? null : [.. definition.Pools.Select(Describe)],
            },
            Internal = definition.IsInternal,
            Attachable = definition.IsAttachable,
            Ingress = definition.IsIngress,
            ConfigFrom = new Wire.NetworkReference { Network = definition.ConfigFrom },
            ConfigOnly = definition.IsConfigOnly,
            Containers = containers is null ? new Dictionary<string, Wire.NetworkMember>() : Members(network, containers),
            Options = definition.Options,
            Labels = definition.Labels,
        };
    }

    private static Wire.NetworkIpamPool Describe(NetworkPool pool) => new()
    {
        Subnet = pool.Subnet,
        IPRange = pool.Range.Length > 0 ? pool.Range : null,
        Gateway = pool.Gateway.Length > 0 ? pool.Gateway : null,
        AuxiliaryAddresses = pool.Auxiliary is { Count: > 0 } auxiliary ? auxiliary : null,
    };

    private static Dictionary<string, Wire.NetworkMember> Members(Network network, ContainerRegistry containers)
    {
        var members = new Dictionary<string, Wire.NetworkMember>(StringComparer.Ordinal);
        foreach (var (endpointId, (id, endpoint)) in network.Members)
        {
            members[id.Value] = new Wire.NetworkMember
            {
                Name = containers.TryFind(id.Value)?.Spec.Name ?? "",
                EndpointID = endpointId,
                MacAddress = endpoint.MacAddress,
                IPv4Address = endpoint.Address.Length > 0 ? $"{endpoint.Address}/{endpoint.PrefixLength}" : "",
                IPv6Address = endpoint.Address6.Length > 0 ? $"{endpoint.Address6}/{endpoint.PrefixLength6}" : "",
            };
        }
        return members;
    }
}
