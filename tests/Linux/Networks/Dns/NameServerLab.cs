using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Networks;
using Boreal.Engine.Networks.Dns;
using Boreal.Linux.Namespaces;
using Boreal.Linux.Netlink;
using Boreal.Tests.TestKit.Dns;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Waiting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Boreal.Tests.Linux.Networks.Dns;

/// <summary>A host and sandboxes with nothing but loopback in them, a name server, and servers of the world on the host's loopback.</summary>
internal sealed class NameServerLab : IAsyncDisposable
{
    public const string Network = "n1";
    private static readonly IPEndPoint Address = new(IPAddress.Parse("127.0.0.11"), 53);
    private static readonly TimeSpan Patience = Eventually.Patience;

    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _spaces = [];
    private readonly List<Socket> _sockets = [];
    private readonly CancellationTokenSource _done = new();
    private readonly List<Task> _serving = [];

    public NameServerLab()
    {
        Requirements.Root();
        Host = new HostNetwork(Space("host"));
        Server = Start();
    }

    public HostNetwork Host { get; }

    public Names Names { get; } = new();

    public NameServer Server { get; private set; }

    public ResolverSettings Settings { get; } = new() { Networks = [(Network, "front")] };

    /// <summary>A namespace with loopback up.</summary>
    public string Space(string name)
    {
        var path = _directory.File(name);
        NetworkNamespaceFile.Create(path, _ =>
        {
            using var route = NetlinkSocket.Open(NetlinkFamily.Route);
            route.Execute(new NetlinkRequest().SetUp(1));
            return true;
        });
        _spaces.Add(path);
        return path;
    }

    /// <summary>A sandbox with a name server.</summary>
    public string Attach(string name, ResolverSettings? settings = null)
    {
        var path = Space(name);
        Server.Attach(name, path, settings ?? Settings);
        return path;
    }

    /// <summary>As a new daemon does.</summary>
    public async Task RestartAsync()
    {
        await Server.DisposeAsync();
        Server = Start();
    }

    /// <summary>A server of the world at an address of the host's loopback, or a sandbox's; the answer null is none.</summary>
    public UpstreamServer AddUpstream(string address, Func<byte[], byte[]?> answer, string? space = null)
    {
        var end = new IPEndPoint(IPAddress.Parse(address), 53);
        var udp = Keep(NetworkLab.In(space ?? _spaces[0], () => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)));
        udp.Bind(end);
        _serving.Add(ServeAsync(udp, answer));
        return new UpstreamServer(end.Address, FromHost: true);
    }

    /// <summary>The same server by TCP, one connection at a time.</summary>
    public void AddTcp(UpstreamServer server, Func<byte[], byte[]> answer)
    {
        var tcp = Keep(NetworkLab.In(_spaces[0], () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)));
        tcp.Bind(new IPEndPoint(server.Address, 53));
        tcp.Listen();
        _serving.Add(ServeTcpAsync(tcp, answer));
    }

    public async Task<DnsReply> AskAsync(string space, DnsQuestion question) => DnsReply.Parse(await AskAsync(space, question.Bytes()));

    public async Task<byte[]> AskAsync(string space, byte[] message)
    {
        var socket = OpenUdp(space);
        using var deadline = new CancellationTokenSource(Patience);
        await socket.SendAsync(message.AsMemory(), deadline.Token);
        var buffer = new byte[65535];
        return buffer[..await socket.ReceiveAsync(buffer.AsMemory(), deadline.Token)];
    }

    public Socket OpenUdp(string space)
    {
        var socket = Keep(NetworkLab.In(space, () => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)));
        socket.Connect(Address);
        return socket;
    }

    public async Task<DnsReply> AskByTcpAsync(string space, DnsQuestion question)
    {
        var socket = Keep(NetworkLab.In(space, () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)));
        using var deadline = new CancellationTokenSource(Patience);
        await socket.ConnectAsync(Address, deadline.Token);
        await using var stream = new NetworkStream(socket);
        await TcpFraming.WriteAsync(stream, question.Bytes(), deadline.Token);
        return DnsReply.Parse(await TcpFraming.ReadAsync(stream, deadline.Token) ?? throw new EndOfStreamException());
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _done.CancelAsync();
        await Task.WhenAll(_serving);
        foreach (var socket in _sockets) socket.Dispose();
        Host.Dispose();
        foreach (var space in _spaces) NetworkNamespaceFile.Remove(space);
        _done.Dispose();
        _directory.Dispose();
    }

    private NameServer Start() => new(Host, Names, TimeProvider.System, NullLogger.Instance);

    private Socket Keep(Socket socket)
    {
        _sockets.Add(socket);
        return socket;
    }

    private async Task ServeAsync(Socket udp, Func<byte[], byte[]?> answer)
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var query = await udp.ReceiveFromAsync(buffer.AsMemory(), new IPEndPoint(IPAddress.Any, 0), _done.Token);
                if (answer(buffer[..query.ReceivedBytes]) is { } message) await udp.SendToAsync(message.AsMemory(), query.RemoteEndPoint, _done.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeTcpAsync(Socket listener, Func<byte[], byte[]> answer)
    {
        try
        {
            while (true)
            {
                await using var stream = new NetworkStream(await listener.AcceptAsync(_done.Token), ownsSocket: true);
                while (await TcpFraming.ReadAsync(stream, _done.Token) is { } query) await TcpFraming.WriteAsync(stream, answer(query), _done.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
