using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Boreal.Linux.Namespaces;
using Boreal.Linux.Netlink;
using Boreal.Linux.Nftables;

namespace Boreal.Engine.Networks.Dns;

/// <summary>
/// The way to us inside a sandbox: sockets on 127.0.0.11 at ports the kernel chose, and rules that lead 127.0.0.11:53
/// there. Port 53 itself stays free, so that a name server can run in a container.
/// </summary>
internal sealed record Redirection(Socket Udp, Socket Tcp) : IDisposable
{
    private const string Table = "boreal-dns";
    private const string Chain = "output";
    private const int DnsPort = 53;
    private static readonly IPAddress Address = IPAddress.Parse("127.0.0.11");

    /// <summary>Takes the place of an earlier process where it left its ports: nothing in the sandbox changes then.</summary>
    public static Redirection Open(string namespacePath) => NamespaceThread.Run(namespacePath, NamespaceKinds.Network, () =>
    {
        using var netfilter = NetlinkSocket.Open(NetlinkFamily.Netfilter);
        var left = PortsOf(NftTables.Rules(netfilter, NftFamily.IPv4, Table, Chain));
        if (left is { } ports && TryBind(ports.Udp, ports.Tcp) is { } again) return again;
        var made = TryBind(0, 0) ?? throw new InvalidOperationException("the kernel gives no port of its own choice");
        try
        {
            var (udp, tcp) = (PortOf(made.Udp), PortOf(made.Tcp));
            new NftBatch().AddTable(Table).DeleteTable(Table).AddTable(Table)
                .AddChain(Table, Chain, new NftHook("nat", NftHookPoint.Output, -100))
                .AddRule(Table, Chain, Rule(NftElement.Udp, udp), $"{udp}")
                .AddRule(Table, Chain, Rule(NftElement.Tcp, tcp), $"{tcp}")
                .Commit(netfilter);
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    });

    public void Dispose()
    {
        Udp.Dispose();
        Tcp.Dispose();
    }

    private static NftRule Rule(byte protocol, ushort port) => new NftRule().Destination(Address, 32).ToPort(protocol, DnsPort).TranslateDestination(Address, port);

    /// <summary>The rules' comments say where they lead.</summary>
    private static (ushort Udp, ushort Tcp)? PortsOf(IReadOnlyList<(long Handle, string? Comment)> rules) =>
        rules.Count == 2
        && ushort.TryParse(rules[0].Comment, NumberStyles.None, CultureInfo.InvariantCulture, out var udp)
        && ushort.TryParse(rules[1].Comment, NumberStyles.None, CultureInfo.InvariantCulture, out var tcp)
            ? (udp, tcp) : null;

    private static ushort PortOf(Socket socket) => (ushort)((IPEndPoint?)socket.LocalEndPoint ?? throw new InvalidOperationException("the socket is not bound")).Port;

    /// <summary>In the calling thread's namespace; null when somebody has one of the ports.</summary>
    private static Redirection? TryBind(ushort udpPort, ushort tcpPort)
    {
        var made = new Redirection(
            new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp),
            new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        try
        {
            made.Udp.Bind(new IPEndPoint(Address, udpPort));
            made.Tcp.Bind(new IPEndPoint(Address, tcpPort));
            made.Tcp.Listen();
            return made;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            made.Dispose();
            return null;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }
}
