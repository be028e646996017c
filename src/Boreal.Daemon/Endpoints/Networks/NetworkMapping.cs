using Boreal.Engine.Networks;
using Wire = Boreal.Api.Networks;

namespace Boreal.Daemon.Endpoints.Networks;

/// <summary>From a create request to the network's definition.</summary>
internal static class NetworkMapping
{
    private const string DefaultDriver = "bridge";

    public static NetworkDefinition ToDefinition(Wire.NetworkCreateRequest request, DateTimeOffset now) => new()
    {
        Id = NetworkDefinition.CreateId(),
        Name = request.Name,
        Created = now,
        Driver = request.Driver.Length > 0 ? request.Driver : DefaultDriver,
        Scope = request.Scope.Length > 0 ? request.Scope : "local",
        EnableIPv4 = request.EnableIPv4 ?? true,
        EnableIPv6 = request.EnableIPv6 ?? false,
        IpamDriver = request.IPAM?.Driver is { Length: > 0 } driver ? driver : "default",
        IpamOptions = request.IPAM?.Options,
        Pools = [.. (request.IPAM?.Config ?? []).Select(ToPool)],
        IsInternal = request.Internal,
        IsAttachable = request.Attachable,
        IsIngress = request.Ingress,
        IsConfigOnly = request.ConfigOnly,
        ConfigFrom = request.ConfigFrom?.Network ?? "",
        Options = Sorted(request.Options),
        Labels = Sorted(request.Labels),
    };

    // As Docker shows them.
    private static SortedDictionary<string, string> Sorted(IReadOnlyDictionary<string, string>? pairs) =>
        new((pairs ?? new Dictionary<string, string>()).ToDictionary(), StringComparer.Ordinal);

    private static NetworkPool ToPool(Wire.NetworkIpamPool pool) => new()
    {
        Subnet = pool.Subnet ?? "",
        Range = pool.IPRange ?? "",
        Gateway = pool.Gateway ?? "",
        Auxiliary = pool.AuxiliaryAddresses,
    };
}
