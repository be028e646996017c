using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>What a client asks for on one network.</summary>
internal static class EndpointMapping
{
    public static EndpointSpec ToSpec(string network, Wire.EndpointSettings settings) => new()
    {
        Network = network,
        Aliases = settings.Aliases,
        Links = settings.Links,
        HasAddressSettings = settings.IPAMConfig is not null,
        IPv4Address = settings.IPAMConfig?.IPv4Address ?? "",
        IPv6Address = settings.IPAMConfig?.IPv6Address ?? "",
        LinkLocalAddresses = settings.IPAMConfig?.LinkLocalIPs,
        MacAddress = settings.MacAddress,
        DriverOptions = settings.DriverOpts,
        GatewayPriority = settings.GwPriority ?? 0,
    };

    /// <summary>All that is wrong with it, in Docker's words. The network is null where there is none of the name: that is found out at the start.</summary>
    /// <exception cref="EngineException">Invalid.</exception>
    public static void Check(EndpointSpec asked, Network? network, bool isPredefined)
    {
        var mistakes = Mistakes(asked, network, isPredefined).ToList();
        if (mistakes.Count == 1)
            throw Invalid($"invalid endpoint settings:\n{mistakes[0]}");
        if (mistakes.Count > 1)
            throw Invalid($"invalid endpoint settings:\n* {string.Join("\n* ", mistakes)}");
        if (asked.MacAddress.Length > 0 && !IsMacAddress(asked.MacAddress))
            throw Invalid($"invalid MAC address {asked.MacAddress}");
    }

    public static bool IsMacAddress(string text) =>
        text.Length == 17 && PhysicalAddress.TryParse(text, out var address) && address.GetAddressBytes().Length == 6;

    private static IEnumerable<string> Mistakes(EndpointSpec asked, Network? network, bool isPredefined)
    {
        if (isPredefined)
        {
            if (asked.Aliases is { Count: > 0 })
                yield return "network-scoped alias is supported only for containers in user defined networks";
            if (asked.IPv4Address.Length + asked.IPv6Address.Length > 0)
                yield return "user specified IP address is supported on user defined networks only";
        }

        foreach (var mistake in AddressMistakes(asked.IPv4Address, AddressFamily.InterNetwork, "IPv4", isPredefined ? null : network))
            yield return mistake;
        foreach (var mistake in AddressMistakes(asked.IPv6Address, AddressFamily.InterNetworkV6, "IPv6", isPredefined ? null : network))
            yield return mistake;
        foreach (var address in asked.LinkLocalAddresses ?? [])
        {
            if (!IPAddress.TryParse(address, out _))
                yield return $"invalid link-local IP address: {address}";
        }
    }

    private static IEnumerable<string> AddressMistakes(string text, AddressFamily family, string name, Network? network)
    {
        if (text.Length == 0)
            yield break;
        var isAddress = IPAddress.TryParse(text, out var address) && address.AddressFamily == family;
        if (!isAddress)
            yield return $"invalid {name} address: {text}";
        if (network is null)
            yield break;
        var pools = network.Definition.Pools.Where(pool => !pool.IsChosen && pool.IsIPv6 == family is AddressFamily.InterNetworkV6).Select(pool => IPNetwork.Parse(pool.Subnet)).ToList();
        if (pools.Count == 0)
            yield return "user specified IP address is supported only when connecting to networks with user configured subnets";
        else if (!isAddress || !pools.Exists(pool => address is not null && pool.Contains(address)))
            yield return $"no configured subnet or ip-range contain the IP address {text}";
    }

    private static EngineException Invalid(string message) => new(ErrorKind.Invalid, message);
}
