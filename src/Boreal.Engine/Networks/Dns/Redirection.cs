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

    /// <summary>Replaces what an earlier process made there.</summary>
    public static Redirection Open(string namespacePath) => NamespaceThread.Run(namespacePath, NamespaceKinds.Network, () =>
    {
        var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            udp.Bind(new IPEndPoint(Address, 0));
            tcp.Bind(new IPEndPoint(Address, 0));
            tcp.Listen();
            using var netfilter = NetlinkSocket.Open(NetlinkFamily.Netfilter);
            new NftBatch().AddTable(Table).DeleteTable(Table).AddTable(Table)
                .AddChain(Table, Chain, new NftHook("nat", NftHookPoint.Output, -100))
                .AddRule(Table, Chain, Rule(NftElement.Udp, udp))
                .AddRule(Table, Chain, Rule(NftElement.Tcp, tcp))
                .Commit(netfilter);
            return new Redirection(udp, tcp);
        }
        catch
        {
            udp.Dispose();
            tcp.Dispose();
            throw;
        }
    });

    public void Dispose()
    {
        Udp.Dispose();
        Tcp.Dispose();
    }

    private static NftRule Rule(byte protocol, Socket socket)
    {
        var port = (ushort)((IPEndPoint?)socket.LocalEndPoint ?? throw new InvalidOperationException("the socket is not bound")).Port;
        return new NftRule().Destination(Address, 32).ToPort(protocol, DnsPort).TranslateDestination(Address, port);
    }
}
