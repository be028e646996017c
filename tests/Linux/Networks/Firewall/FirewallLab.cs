using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Networks;
using Boreal.Engine.Networks.Firewall;
using Boreal.Engine.Networks.Ports;
using Boreal.Linux.Namespaces;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Waiting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Boreal.Tests.Linux.Networks.Firewall;

/// <summary>
/// A host with several bridge networks of IPv4 and IPv6, containers on them made by hand, and a machine beside it that
/// knows the way to every container: only the firewall keeps it from them.
/// </summary>
internal sealed class FirewallLab : IAsyncDisposable
{
    public const string Table = "lab";
    public const string HostTable = "lab-host";
    public static readonly IPAddress Host4 = IPAddress.Parse("10.99.0.1");
    public static readonly IPAddress Host6 = IPAddress.Parse("fd99::1");
    private static readonly TimeSpan Patience = Eventually.Patience;
    private static readonly TimeSpan Blocked = TimeSpan.FromMilliseconds(400);

    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _spaces = [];
    private readonly List<Socket> _sockets = [];
    private readonly HostNetwork _network;
    private FirewallKeeper? _keeper;
    private int _networks;
    private int _containers;

    private FirewallLab()
    {
        Host = Space("host");
        Outside = Space("outside");
        _network = new HostNetwork(Host);
        Firewall = new NetworkFirewall(_network, Table, new HostRules(_network, HostTable), new ForeignFilter(_network, Table, NullLogger.Instance));
    }

    public string Host { get; }

    public string Outside { get; }

    public NetworkFirewall Firewall { get; }

    public static async Task<FirewallLab> StartAsync()
    {
        Requirements.Root();
        var lab = new FirewallLab();
        await IpAsync(lab.Host, "link add cable type veth peer name cable netns " + lab.Outside, "addr add 10.99.0.1/24 dev cable", "addr add fd99::1/64 dev cable nodad",
            "link set lo up", "link set cable up", "route add default via 10.99.0.2", "route add ::/0 via fd99::2");
        await IpAsync(lab.Outside, "addr add 10.99.0.2/24 dev cable", "addr add fd99::2/64 dev cable nodad", "link set lo up", "link set cable up", "route add 10.200.0.0/16 via 10.99.0.1", "route add fd20::/16 via fd99::1");
        NetworkLab.In(lab.Host, () => Set("ipv4/ip_forward") && Set("ipv6/conf/all/forwarding"));
        lab.Firewall.Start([]);
        lab._keeper = new FirewallKeeper(lab._network, [Table, HostTable], lab.Firewall, NullLogger.Instance);
        return lab;
    }

    /// <summary>A network with its bridge; <paramref name="change"/> says what is special about it.</summary>
    public async Task<NetworkRules> AddNetworkAsync(Func<NetworkRules, NetworkRules>? change = null)
    {
        var number = ++_networks;
        var bridge = $"br{number}";
        await IpAsync(Host, $"link add {bridge} type bridge", $"addr add 10.200.{number}.1/24 dev {bridge}", $"addr add fd20:{number}::1/64 dev {bridge} nodad", $"link set {bridge} up");
        NetworkLab.In(Host, () => Set($"ipv4/conf/{bridge}/route_localnet"));
        var rules = new NetworkRules { Id = new string((char)('a' + number), 64), Bridge = bridge, Subnet4 = IPNetwork.Parse($"10.200.{number}.0/24"), Subnet6 = IPNetwork.Parse($"fd20:{number}::/64") };
        rules = change is null ? rules : change(rules);
        Firewall.AddNetwork(rules);
        return rules;
    }

    /// <summary>A container on a network.</summary>
    public async Task<LabContainer> AddContainerAsync(NetworkRules network)
    {
        var number = network.Bridge[2..];
        var last = ++_containers + 1;
        var space = Space($"c{last}");
        await IpAsync(Host, $"link add v{last} type veth peer name eth0 netns {space}", $"link set v{last} master {network.Bridge}", $"link set v{last} type bridge_slave hairpin on", $"link set v{last} up");
        await IpAsync(space, "link set lo up", $"addr add 10.200.{number}.{last}/24 dev eth0", $"addr add fd20:{number}::{last}/64 dev eth0 nodad", "link set eth0 up",
            $"route add default via 10.200.{number}.1", $"route add ::/0 via fd20:{number}::1");
        return new LabContainer(space, network.Id, IPAddress.Parse($"10.200.{number}.{last}"), IPAddress.Parse($"fd20:{number}::{last}"));
    }

    /// <summary>Publishes a TCP port of the container, as the container's family is.</summary>
    public PortTranslation Publish(LabContainer container, string hostAddress, ushort hostPort, ushort port)
    {
        var target = IPAddress.Parse(hostAddress).AddressFamily is AddressFamily.InterNetwork ? container.V4 : container.V6;
        var translation = new PortTranslation(new BoundPort(new(port, "tcp"), hostAddress, hostPort), target, container.NetworkId);
        Firewall.Add([translation]);
        return translation;
    }

    public Socket Listen(string space, int port)
    {
        var socket = Keep(NetworkLab.In(space, () => new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true }));
        socket.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
        socket.Listen();
        return socket;
    }

    public static async Task AssertOpenAsync(string from, IPAddress address, int port) =>
        Assert.True(await ReachesAsync(from, address, port, Patience), $"{from} does not reach {address} port {port}");

    public static async Task AssertBlockedAsync(string from, IPAddress address, int port) =>
        Assert.False(await ReachesAsync(from, address, port, Blocked), $"{from} reaches {address} port {port}");

    public static bool Set(string setting, string value = "1")
    {
        File.WriteAllText("/proc/sys/net/" + setting, value);
        return true;
    }

    /// <summary>The machine outside sends what it should keep to itself: packets to 127.0.0.1.</summary>
    public Task RouteLoopbackToHostAsync() => IpAsync(Outside, "addr del 127.0.0.1/8 dev lo", "route flush table local 127.0.0.0/8", "route add 127.0.0.1/32 via 10.99.0.1");

    /// <summary>The machine beside is on a link that is not the way to the world.</summary>
    public Task RemoveDefaultRoutesAsync() => IpAsync(Host, "route del default", "route del ::/0 via fd99::2");

    /// <summary>Runs nft in the host's namespace.</summary>
    public Task<string> NftAsync(string line) => Inside(Host, Requirements.Program("nft", "nftables"), line).OutputAsync();

    /// <summary>All rules with the numbers that the kernel gave them.</summary>
    public Task<string> HandlesAsync() => Inside(Host, Requirements.Program("nft", "nftables"), "--handle", "list", "ruleset").OutputAsync();

    public async ValueTask DisposeAsync()
    {
        if (_keeper is not null) await _keeper.DisposeAsync();
        foreach (var socket in _sockets) socket.Dispose();
        _network.Dispose();
        foreach (var space in _spaces) NetworkNamespaceFile.Remove(space);
        _directory.Dispose();
    }

    private static async Task<bool> ReachesAsync(string from, IPAddress address, int port, TimeSpan within)
    {
        using var socket = NetworkLab.In(from, () => new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        using var deadline = new CancellationTokenSource(within);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, port), deadline.Token);
            return true;
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            return false;
        }
    }

    private static Command Inside(string space, params string[] command) => Command.Of("nsenter", [$"--net={space}", .. command]);

    private string Space(string name)
    {
        var path = _directory.File(name);
        // Nobody else is there: waiting for a neighbour with the same address would only slow tests down.
        NetworkNamespaceFile.Create(path, _ => Set("ipv6/conf/default/accept_dad", "0"));
        _spaces.Add(path);
        return path;
    }

    private static async Task IpAsync(string space, params string[] lines) =>
        (await Inside(space, Requirements.Program("ip", "iproute2"), "-batch", "-").WithStdin(string.Join('\n', lines) + "\n").RunAsync()).Succeeded($"ip in {space}");

    private Socket Keep(Socket socket)
    {
        _sockets.Add(socket);
        return socket;
    }
}
