using System.Net;
using System.Text;
using Boreal.Linux.Netlink;

namespace Boreal.Linux.Nftables;

/// <summary>
/// A rule as the kernel runs it: expressions that load packet fields into registers, compare them and end in a verdict.
/// Build it left to right; matching stops at the first expression that does not hold.
/// </summary>
public sealed class NftRule
{
    // Registers are 4 bytes wide from 8 on; a 16-byte register starts at 1 and lies over the first four of them.
    private const int Wide = 1;
    private const int First = 8;
    private const ushort ListElement = 1;
    private const ushort ExpressionName = 1;
    private const ushort ExpressionData = 2;
    private const ushort DataValue = 1;
    private const ushort DataVerdict = 2;

    private readonly List<Action<NetlinkRequest>> _expressions = [];

    /// <summary>The link the packet came by.</summary>
    public NftRule FromLink(string name, bool not = false) => Load("meta", (2, 6), (1, Wide)).Compare(Wide, LinkName(name), not);

    /// <summary>The link the packet leaves by.</summary>
    public NftRule ToLink(string name, bool not = false) => Load("meta", (2, 7), (1, Wide)).Compare(Wide, LinkName(name), not);

    public NftRule Source(IPAddress network, int prefixLength) => Network(12, network, prefixLength);

    public NftRule Destination(IPAddress network, int prefixLength, bool not = false) => Network(16, network, prefixLength, not);

    /// <summary>The destination is an address of this host.</summary>
    public NftRule ToThisHost()
    {
        const int byDestination = 2;
        const int addressType = 3;
        const int local = 2;
        return Load("fib", (1, First), (2, addressType), (3, byDestination)).Compare(First, BitConverter.GetBytes(local), not: false);
    }

    /// <summary>The connection was established before, or belongs to one that was.</summary>
    public NftRule Established() => ConnectionBits(key: 0, bits: 2 | 4);

    /// <summary>The connection's destination was translated.</summary>
    public NftRule DestinationTranslated() => ConnectionBits(key: 2, bits: 1 << 5);

    /// <summary>Looks protocol and destination port up in a map; the address and port found are left for <see cref="TranslateDestination"/>.</summary>
    public NftRule LookUpPort(string map) => LoadProtocol(First).LoadPort(First + 1).LookUp(map);

    /// <summary>As <see cref="LookUpPort"/>, by protocol, destination address and port.</summary>
    public NftRule LookUpAddressAndPort(string map) => LoadProtocol(First).LoadPayload(network: true, 16, 4, First + 1).LoadPort(First + 2).LookUp(map);

    /// <summary>Sends the connection to the address and port found by the look-up before.</summary>
    public NftRule TranslateDestination() => Load("nat", (1, 1), (2, 2), (3, First), (5, First + 1));

    /// <summary>Gives the connection the source address of the link it leaves by.</summary>
    public NftRule Masquerade() => Load("masq");

    /// <summary>Counts packets and bytes, as every rule of iptables does.</summary>
    public NftRule Count() => Load("counter");

    public NftRule Accept() => Verdict(1);

    public NftRule Drop() => Verdict(0);

    internal void WriteTo(NetlinkRequest request)
    {
        foreach (var expression in _expressions) request.Nest(ListElement, expression);
    }

    private static byte[] LinkName(string name)
    {
        var padded = new byte[16];
        Encoding.ASCII.GetBytes(name, padded);
        return padded;
    }

    private NftRule Network(int offset, IPAddress network, int prefixLength, bool not = false)
    {
        var mask = new byte[4];
        for (var bit = 0; bit < prefixLength; bit++) mask[bit / 8] |= (byte)(0x80 >> (bit % 8));
        var value = network.GetAddressBytes();
        for (var i = 0; i < 4; i++) value[i] &= mask[i];
        return LoadPayload(network: true, offset, 4, First).Mask(mask).Compare(First, value, not);
    }

    private NftRule ConnectionBits(int key, int bits) =>
        Load("ct", (1, First), (2, key)).Mask(BitConverter.GetBytes(bits)).Compare(First, new byte[4], not: true);

    private NftRule LoadProtocol(int register) => LoadPayload(network: true, 9, 1, register);

    private NftRule LoadPort(int register) => LoadPayload(network: false, 2, 2, register);

    private NftRule LoadPayload(bool network, int offset, int length, int register) =>
        Load("payload", (1, register), (2, network ? 1 : 2), (3, offset), (4, length));

    private NftRule Mask(byte[] mask) => Expression("bitwise", data => data
        .BigEndian(1, First).BigEndian(2, First).BigEndian(3, 4)
        .Nest(4, value => value.Attribute(DataValue, mask))
        .Nest(5, value => value.Attribute(DataValue, new byte[4])));

    private NftRule Compare(int register, byte[] value, bool not) => Expression("cmp", data => data
        .BigEndian(1, register).BigEndian(2, not ? 1 : 0).Nest(3, nested => nested.Attribute(DataValue, value)));

    private NftRule LookUp(string map) => Expression("lookup", data => data
        .Attribute(1, map).BigEndian(2, First).BigEndian(3, First));

    private NftRule Verdict(int code) => Expression("immediate", data => data
        .BigEndian(1, 0).Nest(2, value => value.Nest(DataVerdict, verdict => verdict.BigEndian(1, code))));

    private NftRule Load(string name, params (ushort Attribute, int Value)[] values) => Expression(name, data =>
    {
        foreach (var (attribute, value) in values) data.BigEndian(attribute, value);
    });

    private NftRule Expression(string name, Action<NetlinkRequest> data)
    {
        _expressions.Add(request => request.Attribute(ExpressionName, name).Nest(ExpressionData, data));
        return this;
    }
}
