using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Events;
using Boreal.Engine.Networks;
using Boreal.Engine.State;
using Boreal.Linux.Namespaces;
using Boreal.Linux.Netlink;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Waiting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Boreal.Tests.Linux.Networks;

/// <summary>
/// A machine of the test's own: one network namespace plays the host, another a machine beside it on a cable. Containers
/// are what the sandboxes of <see cref="Sandboxes"/> hold; the test opens sockets in them.
/// </summary>
internal sealed class NetworkLab : IAsyncDisposable
{
    public static readonly IPAddress HostAddress = IPAddress.Parse("10.99.0.1");
    public static readonly IPAddress OutsideAddress = IPAddress.Parse("10.99.0.2");

    private readonly TemporaryDirectory _directory = new();
    private readonly Database _database;
    private readonly EventLog _events = new(TimeProvider.System);
    private readonly List<Socket> _sockets = [];
    private readonly Dictionary<string, SandboxRequest> _requests = [];

    private NetworkLab()
    {
        _database = Database.Open(_directory.File("lab.db"));
        Options = new NetworkOptions { ExecRoot = _directory.File("run"), HostNamespace = _directory.File("host"), BridgeName = "lab0" };
        (Networks, Sandboxes) = Create();
    }

    public NetworkOptions Options { get; }

    public NetworkSandboxes Sandboxes { get; private set; }

    public NetworkRegistry Networks { get; private set; }

    public string Host => _directory.File("host");

    public string Outside => _directory.File("outside");

    public static async Task<NetworkLab> StartAsync()
    {
        Requirements.Root();
        var lab = new NetworkLab();
        try
        {
            lab.BuildMachines();
            await lab.Sandboxes.StartAsync([], TestContext.Current.CancellationToken);
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    public Task<NetworkStatus> AttachAsync(NetworkSpec spec, ContainerId? id = null) => AttachAsync(new SandboxRequest(id ?? ContainerId.Create(), "lab", "lab", spec));

    public async Task<NetworkStatus> AttachAsync(SandboxRequest request)
    {
        var status = await Sandboxes.AttachAsync(request, TestContext.Current.CancellationToken);
        _requests[status.SandboxId] = request;
        return status;
    }

    public Task<NetworkStatus> AttachAsync(params PublishedPort[] ports) => AttachAsync(new NetworkSpec { Mode = "bridge", Published = ports });

    public Task<Network> CreateAsync(NetworkDefinition asked) =>
        new NetworkCreator(Networks, Sandboxes, new NetworkEvents(_events), NullLogger<NetworkCreator>.Instance).CreateAsync(asked);

    /// <summary>A bridge network of the given subnets.</summary>
    public Task<Network> CreateAsync(string name, params string[] subnets) => CreateAsync(Describe(name, subnets));

    public static NetworkDefinition Describe(string name, params string[] subnets) => new()
    {
        Id = NetworkDefinition.CreateId(),
        Name = name,
        Created = TimeProvider.System.GetUtcNow(),
        Driver = "bridge",
        EnableIPv6 = subnets.Any(subnet => subnet.Contains(':', StringComparison.Ordinal)),
        Pools = [.. subnets.Select(subnet => new NetworkPool { Subnet = subnet })],
    };

    public Task RemoveAsync(Network network) => new NetworkRemover(Networks, Sandboxes, new NetworkEvents(_events)).RemoveAsync(network);

    /// <summary>What a container asks for that is on the named networks, the first of which is its mode.</summary>
    public static NetworkSpec On(params string[] networks) =>
        new() { Mode = networks[0], Endpoints = [.. networks.Select(network => new EndpointSpec { Network = network })] };

    public Task<NetworkStatus> ConnectAsync(NetworkStatus status, string network) =>
        Sandboxes.ConnectAsync(Request(status), status, new EndpointSpec { Network = network });

    public Task<NetworkStatus> DisconnectAsync(NetworkStatus status, string network) =>
        Sandboxes.DisconnectAsync(Request(status), status, status.Endpoints.Single(endpoint => endpoint.Network == network));

    public Task DetachAsync(NetworkStatus status) => Sandboxes.DetachAsync(status, TestContext.Current.CancellationToken);

    /// <summary>A new daemon's sandboxes; dispose the old daemon's before, which leaves what is attached.</summary>
    public async Task RestartAsync(params NetworkStatus[] live)
    {
        (Networks, Sandboxes) = Create();
        await Sandboxes.StartAsync([.. live.Select(status => (Request(status), status))], TestContext.Current.CancellationToken);
    }

    /// <summary>Runs synchronous work in a namespace.</summary>
    public static T In<T>(string space, Func<T> work) => NamespaceThread.Run(space, NamespaceKinds.Network, work);

    public Socket ListenTcp(string space, int port)
    {
        var socket = Keep(In(space, () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)));
        socket.Bind(new IPEndPoint(IPAddress.Any, port));
        socket.Listen();
        return socket;
    }

    public Socket ListenTcp6(string space, int port)
    {
        var socket = Keep(In(space, () => new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp)));
        socket.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
        socket.Listen();
        return socket;
    }

    public Socket Udp(string space, int port = 0)
    {
        var socket = Keep(In(space, () => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)));
        socket.Bind(new IPEndPoint(IPAddress.Any, port));
        return socket;
    }

    public async Task<Socket> ConnectAsync(string space, IPAddress address, int port, TimeSpan? within = null)
    {
        var socket = Keep(In(space, () => new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp)));
        using var deadline = new CancellationTokenSource(within ?? Eventually.Patience);
        await socket.ConnectAsync(new IPEndPoint(address, port), deadline.Token);
        return socket;
    }

    public static IReadOnlyList<LinkEntry> Links(string space)
    {
        using var route = In(space, () => NetlinkSocket.Open(NetlinkFamily.Route));
        return NetworkTables.Links(route);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets) socket.Dispose();
        await Sandboxes.DisposeAsync();
        _database.Dispose();
        foreach (var file in Directory.Exists(Options.NamespaceDirectory) ? Directory.GetFiles(Options.NamespaceDirectory) : []) NetworkNamespaceFile.Remove(file);
        NetworkNamespaceFile.Remove(Host);
        NetworkNamespaceFile.Remove(Outside);
        _directory.Dispose();
    }

    private (NetworkRegistry, NetworkSandboxes) Create()
    {
        var networks = new NetworkRegistry(_database);
        return (networks, new NetworkSandboxes(Options, _database, networks, TimeProvider.System, NullLogger<NetworkSandboxes>.Instance));
    }

    public SandboxRequest Request(NetworkStatus status) => _requests[status.SandboxId];

    private Socket Keep(Socket socket)
    {
        _sockets.Add(socket);
        return socket;
    }

    private void BuildMachines()
    {
        using var host = NetworkNamespaceFile.Create(Host, _ => NetlinkSocket.Open(NetlinkFamily.Route));
        using var outside = NetworkNamespaceFile.Create(Outside, created =>
        {
            host.Execute(new NetlinkRequest().AddPair("cable", bridge: 0, "cable", created, mtu: 1400));
            return NetlinkSocket.Open(NetlinkFamily.Route);
        });
        var (index, far) = (Cable(host), Cable(outside));
        host.Execute(new NetlinkRequest().SetUp(1).SetUp(index).AddAddress(index, HostAddress, 24).AddDefaultRoute(OutsideAddress));
        // The machine outside knows the way to the containers: only the firewall keeps it from them.
        outside.Execute(new NetlinkRequest().SetUp(1).SetUp(far).AddAddress(far, OutsideAddress, 24).AddDefaultRoute(HostAddress));
    }

    private static int Cable(NetlinkSocket socket) => NetworkTables.Links(socket).First(link => link.Name == "cable").Index;
}
