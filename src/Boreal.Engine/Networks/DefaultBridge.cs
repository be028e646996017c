using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks.Addresses;
using Boreal.Linux.Errors;
using Boreal.Linux.Netlink;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Networks;

/// <summary>The bridge itself: found again or made, with an address in a network nobody else on this host uses.</summary>
internal sealed partial class DefaultBridge
{
    private const int DefaultMtu = 1500;

    private DefaultBridge(string name, int index, int mtu, IPNetworkAddress address)
    {
        Name = name;
        Index = index;
        Mtu = mtu;
        Address = address;
    }

    public string Name { get; }

    public int Index { get; }

    public int Mtu { get; }

    public IPNetworkAddress Address { get; }

    /// <summary>This engine made it, now or before.</summary>
    public bool IsOwn { get; private init; }

    /// <summary>
    /// Makes the bridge or takes the existing one over, address included: living containers route through it. A new one
    /// keeps out of the <paramref name="taken"/> networks.
    /// </summary>
    public static DefaultBridge Ensure(HostNetwork host, NetworkOptions options, IReadOnlyList<IPNetwork> taken, ILogger logger)
    {
        var links = NetworkTables.Links(host.Route);
        var mtu = options.Mtu ?? DefaultRouteMtu(host, links);
        if (links.FirstOrDefault(link => link.Name == options.Bridge) is not { } link)
        {
            host.Route.Execute(new NetlinkRequest().AddBridge(options.Bridge, [0x02, 0x42, .. Guid.NewGuid().ToByteArray().AsSpan(0, 4)], mtu, options.OwnGroup));
            link = NetworkTables.Links(host.Route).First(link => link.Name == options.Bridge);
        }

        var address = EnsureAddress(host, options, taken, link.Index);
        var up = new NetlinkRequest().SetUp(link.Index);
        if (link.Mtu != mtu) up.SetMtu(link.Index, mtu);
        host.Route.Execute(up);
        Set(host, "ipv4/ip_forward", logger);
        return new DefaultBridge(options.Bridge, link.Index, mtu, address) { IsOwn = link.Group == options.OwnGroup };
    }

    private static IPNetworkAddress EnsureAddress(HostNetwork host, NetworkOptions options, IReadOnlyList<IPNetwork> taken, int index)
    {
        var existing = NetworkTables.Addresses(host.Route).FirstOrDefault(entry => entry.LinkIndex == index);
        if (options.BridgeAddress is { } asked)
        {
            if (existing is not null && existing.Address.Equals(asked.Address) && existing.PrefixLength == asked.PrefixLength) return asked;
            host.Route.Execute(new NetlinkRequest().AddAddress(index, asked.Address, asked.PrefixLength));
            return asked;
        }

        if (existing is not null) return new IPNetworkAddress(existing.Address, existing.PrefixLength);

        foreach (var candidate in Candidates(options))
        {
            if (!IsFree(host, candidate, index) || taken.Any(network => Overlap(network, Network(candidate)))) continue;
            host.Route.Execute(new NetlinkRequest().AddAddress(index, candidate.Address, candidate.PrefixLength));
            // Another engine may have chosen at the same moment: then the one with the higher index goes on looking.
            if (NetworkTables.Addresses(host.Route).All(entry => entry.LinkIndex >= index || !Overlap(Network(entry.Address, entry.PrefixLength), Network(candidate))))
                return candidate;
            host.Route.Execute(new NetlinkRequest().RemoveAddress(index, candidate.Address, candidate.PrefixLength));
        }

        throw new EngineException(ErrorKind.Internal, "every network of the default address pool is in use on this host; choose one with --bip");
    }

    private static bool IsFree(HostNetwork host, IPNetworkAddress candidate, int index) =>
        NetworkTables.Routes(host.Route).All(route => route.PrefixLength == 0 || route.LinkIndex == index || !Overlap(Network(route.Destination, route.PrefixLength), Network(candidate)))
        && NetworkTables.Addresses(host.Route).All(entry => !Overlap(Network(entry.Address, entry.PrefixLength), Network(candidate)));

    private static IEnumerable<IPNetworkAddress> Candidates(NetworkOptions options)
    {
        if (!ReferenceEquals(options.DefaultPools, DefaultPool.All))
        {
            foreach (var piece in options.DefaultPools.Where(pool => pool.Family is AddressFamily.InterNetwork).SelectMany(pool => pool.Pieces()))
                yield return new IPNetworkAddress(AddressNumber.ToAddress(AddressNumber.Of(piece.BaseAddress) + 1, AddressFamily.InterNetwork), piece.PrefixLength);
            yield break;
        }

        for (var third = 0; third < 256; third += 16) yield return new IPNetworkAddress(new IPAddress([172, 31, (byte)third, 1]), 20);
        for (var third = 0; third < 256; third += 16) yield return new IPNetworkAddress(new IPAddress([192, 168, (byte)third, 1]), 20);
    }

    private static IPNetwork Network(IPNetworkAddress address) => Network(address.Address, address.PrefixLength);

    private static IPNetwork Network(IPAddress address, int prefixLength) => AddressNumber.NetworkOf(address, prefixLength);

    private static bool Overlap(IPNetwork one, IPNetwork other) => AddressNumber.Overlap(one, other);

    /// <summary>A container's packets leave by the default route: larger ones would be lost where fragmentation is off.</summary>
    private static int DefaultRouteMtu(HostNetwork host, IReadOnlyList<LinkEntry> links)
    {
        var route = NetworkTables.Routes(host.Route).FirstOrDefault(route => route.PrefixLength == 0);
        return links.FirstOrDefault(link => link.Index == route?.LinkIndex)?.Mtu ?? DefaultMtu;
    }

    private static void Set(HostNetwork host, string name, ILogger logger)
    {
        try
        {
            host.SetKernelSetting(name, "1");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or LinuxException)
        {
            Log.SettingRefused(logger, name, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 6100, Level = LogLevel.Warning, Message = "cannot set /proc/sys/net/{Name} to 1; containers may not reach other hosts until it is set")]
        public static partial void SettingRefused(ILogger logger, string name, Exception exception);
    }
}
