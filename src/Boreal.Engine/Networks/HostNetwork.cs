using System.Globalization;
using System.Net.Sockets;
using Boreal.Linux.Namespaces;
using Boreal.Linux.Netlink;

namespace Boreal.Engine.Networks;

/// <summary>The network namespace the bridge and the published ports are in: this process's own, or another for tests.</summary>
internal sealed class HostNetwork : IDisposable
{
    private const string IPv6Addresses = "/proc/thread-self/net/if_inet6";

    private readonly string? _namespacePath;

    public HostNetwork(string? namespacePath)
    {
        _namespacePath = namespacePath;
        Route = Run(() => NetlinkSocket.Open(NetlinkFamily.Route));
        Netfilter = Run(() => NetlinkSocket.Open(NetlinkFamily.Netfilter));
        var range = Run(() => File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        EphemeralPorts = (ushort.Parse(range[0], CultureInfo.InvariantCulture), ushort.Parse(range[1], CultureInfo.InvariantCulture));
    }

    public NetlinkSocket Route { get; }

    public NetlinkSocket Netfilter { get; }

    /// <summary>The kernel has IPv6, with or without an address on any link.</summary>
    public bool KnowsIPv6 => Run(() => File.Exists(IPv6Addresses));

    /// <summary>Links of this host can have IPv6 addresses.</summary>
    public bool HasIPv6 => Run(() => File.Exists(IPv6Addresses) && File.ReadAllText(IPv6Addresses).Length > 0);

    /// <summary>The host's range of ports for outgoing connections, from which ephemeral ports are taken.</summary>
    public (ushort Low, ushort High) EphemeralPorts { get; }

    /// <summary>The index of a link; null where there is none of that name.</summary>
    public int? IndexOf(string link) => Find(link)?.Index;

    public LinkEntry? Find(string link) => NetworkTables.Links(Route).FirstOrDefault(entry => entry.Name == link);

    /// <summary>Runs synchronous work that depends on the calling thread's namespace.</summary>
    public T Run<T>(Func<T> work) => _namespacePath is null ? work() : NamespaceThread.Run(_namespacePath, NamespaceKinds.Network, work);

    /// <summary>A socket of this namespace; it stays there.</summary>
    public Socket OpenSocket(AddressFamily family, ProtocolType protocol) =>
        Run(() => new Socket(family, protocol is ProtocolType.Tcp ? SocketType.Stream : SocketType.Dgram, protocol));

    /// <summary>Sets a kernel setting below /proc/sys/net unless it is so already.</summary>
    public void SetKernelSetting(string name, string value) =>
        Run(() =>
        {
            var path = Path.Combine("/proc/sys/net", name);
            if (File.ReadAllText(path).Trim() == value) return false;
            File.WriteAllText(path, value);
            return true;
        });

    public void Dispose()
    {
        Route.Dispose();
        Netfilter.Dispose();
    }
}
