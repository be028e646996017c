using System.Buffers.Binary;
using System.Net;
using Boreal.Linux.Netlink;

namespace Boreal.Linux.Nftables;

/// <summary>
/// A rule as the kernel runs it: expressions that load packet fields into registers, compare them and end in a verdict.
/// Build it left to right; matching stops at the first expression that does not hold.
/// </summary>
public sealed class NftRule(NftFamily family = NftFamily.IPv4)
{
    // Registers are 4 bytes wide from 8 on; a 16-byte register starts at 1 and lies over the first four of them.
    private const int VerdictRegister = 0;
    private const int Wide = 1;
    private const int First = 8;
    private const ushort ListElement = 1;
    private const ushort ExpressionName = 1;
    private const ushort ExpressionData = 2;
    private const ushort DataValue = 1;
    private const ushort DataVerdict = 2;

    private readonly List<Action<NetlinkRequest>> _expressions = [];

    private bool IsIPv4 => family is NftFamily.IPv4;

    private int AddressLength => IsIPv4 ? 4 : 16;

    /// <summary>Registers an address takes.</summary>
    private int AddressRegisters => AddressLength / 4;

    private int SourceOffset => IsIPv4 ? 12 : 8;

    private int DestinationOffset => IsIPv4 ? 16 : 24;

    /// <summary>The link the packet came by.</summary>
    public NftRule FromLink(string name, bool not = false) => LoadLink(from: true).Compare(Wide, NftElement.LinkName(name), not);

    /// <summary>The link the packet came by is in the set.</summary>
    public NftRule FromLinkIn(string set) => LoadLink(from: true).LookUp(set, Wide);

    /// <summary>Jumps as the map says for the link the packet came by.</summary>
    public NftRule JumpByFromLink(string map) => LoadLink(from: true).LookUp(map, Wide, VerdictRegister);

    /// <summary>The link the packet leaves by.</summary>
    public NftRule ToLink(string name, bool not = false) => LoadLink(from: false).Compare(Wide, NftElement.LinkName(name), not);

    /// <summary>The link the packet leaves by is in the set.</summary>
    public NftRule ToLinkIn(string set) => LoadLink(from: false).LookUp(set, Wide);

    /// <summary>Jumps as the map says for the link the packet leaves by.</summary>
    public NftRule JumpByToLink(string map) => LoadLink(from: false).LookUp(map, Wide, VerdictRegister);

    public NftRule Source(IPAddress network, int prefixLength) => Network(SourceOffset, network, prefixLength);

    public NftRule Destination(IPAddress network, int prefixLength, bool not = false) => Network(DestinationOffset, network, prefixLength, not);

    /// <summary>Jumps as the map says for the source address.</summary>
    public NftRule JumpBySource(string map) => LoadPayload(network: true, SourceOffset, AddressLength, Wide).LookUp(map, Wide, VerdictRegister);

    /// <summary>Jumps as the map says for the destination address.</summary>
    public NftRule JumpByDestination(string map) => LoadPayload(network: true, DestinationOffset, AddressLength, Wide).LookUp(map, Wide, VerdictRegister);

    /// <summary>Protocol and destination port.</summary>
    public NftRule ToPort(byte protocol, ushort port)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, port);
        return Protocol(protocol).LoadPort(First).Compare(First, bytes, not: false);
    }

    public NftRule Protocol(byte protocol) => LoadProtocol(First).Compare(First, [protocol], not: false);

    /// <summary>The destination is an address of this host.</summary>
    public NftRule ToThisHost(bool not = false)
    {
        const int byDestination = 2;
        const int addressType = 3;
        const int local = 2;
        return Load("fib", (1, First), (2, addressType), (3, byDestination)).Compare(First, BitConverter.GetBytes(local), not);
    }

    /// <summary>The connection was established before, or belongs to one that was.</summary>
    public NftRule Established() => ConnectionBits(key: 0, bits: 2 | 4);

    /// <summary>As <see cref="Established"/>, in the form iptables writes and reads: in tables of its own it takes no other.</summary>
    public NftRule EstablishedForIptables()
    {
        // struct xt_conntrack_mtinfo3: which fields count (the state), and the states: established and related
        const int length = 168;
        const int fields = 146;
        const int states = 150;
        var info = new byte[length];
        BitConverter.TryWriteBytes(info.AsSpan(fields), (ushort)1);
        BitConverter.TryWriteBytes(info.AsSpan(states), (ushort)(2 | 4));
        return Expression("match", data => data.Attribute(1, "conntrack").BigEndian(2, 3).Attribute(3, info));
    }

    /// <summary>The connection's destination was translated.</summary>
    public NftRule DestinationTranslated() => ConnectionBits(key: 2, bits: 1 << 5);

    /// <summary>Looks protocol and destination port up in a map; the address and port found are left for <see cref="TranslateDestination()"/>.</summary>
    public NftRule LookUpPort(string map) => LoadProtocol(First).LoadPort(First + 1).LookUp(map, First, First);

    /// <summary>As <see cref="LookUpPort"/>, by protocol, destination address and port.</summary>
    public NftRule LookUpAddressAndPort(string map) => LoadAddressAndPort().LookUp(map, First, First);

    /// <summary>Protocol, destination address and port are in the set.</summary>
    public NftRule AddressAndPortIn(string set) => LoadAddressAndPort().LookUp(set, First);

    /// <summary>Jumps as the map says for protocol and destination port.</summary>
    public NftRule JumpByPort(string map) => LoadProtocol(First).LoadPort(First + 1).LookUp(map, First, VerdictRegister);

    /// <summary>Jumps as the map says for protocol, destination address and port.</summary>
    public NftRule JumpByAddressAndPort(string map) => LoadAddressAndPort().LookUp(map, First, VerdictRegister);

    /// <summary>Finds the map's elements 0 to <paramref name="count"/> - 1 in turn, one per packet that comes here.</summary>
    public NftRule LookUpInTurn(string map, int count) => Load("numgen", (1, First), (2, count), (3, 0)).LookUp(map, First, First);

    /// <summary>Finds one of the map's elements 0 to <paramref name="count"/> - 1, for the same source address always the same.</summary>
    public NftRule LookUpBySource(string map, int count)
    {
        // Were no seed given, each new rule would have one of its own.
        const int seed = 0x626f7265;
        return LoadPayload(network: true, SourceOffset, AddressLength, Wide)
            .Load("hash", (1, Wide), (2, First), (3, AddressLength), (4, count), (5, seed), (7, 0)).LookUp(map, First, First);
    }

    /// <summary>Sends the connection to the address and port found by the look-up before.</summary>
    public NftRule TranslateDestination() => Load("nat", (1, 1), (2, (int)family), (3, First), (5, First + AddressRegisters));

    /// <summary>Sends the connection to the address found by the look-up before; its port stays.</summary>
    public NftRule TranslateAddress() => Load("nat", (1, 1), (2, (int)family), (3, First));

    /// <summary>Sends the connection to another address and port.</summary>
    public NftRule TranslateDestination(IPAddress address, ushort port)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, port);
        return Constant(First, address.GetAddressBytes()).Constant(First + AddressRegisters, bytes).TranslateDestination();
    }

    /// <summary>Sends the connection to another address; its port stays.</summary>
    public NftRule TranslateDestination(IPAddress address) => Constant(First, address.GetAddressBytes()).TranslateAddress();

    /// <summary>Gives the connection another source address.</summary>
    public NftRule TranslateSource(IPAddress address) => Constant(First, address.GetAddressBytes()).Load("nat", (1, 0), (2, (int)family), (3, First));

    /// <summary>Gives the connection the source address of the link it leaves by.</summary>
    public NftRule Masquerade() => Load("masq");

    /// <summary>Counts packets and bytes, as every rule of iptables does.</summary>
    public NftRule Count() => Load("counter");

    public NftRule Accept() => Verdict(1);

    public NftRule Drop() => Verdict(0);

    /// <summary>Tells the sender that nobody is at that port.</summary>
    public NftRule Refuse()
    {
        const byte portUnreachable4 = 3;
        const byte portUnreachable6 = 4;
        return Expression("reject", data => data.BigEndian(1, 0).Attribute(2, IsIPv4 ? portUnreachable4 : portUnreachable6));
    }

    internal void WriteTo(NetlinkRequest request)
    {
        foreach (var expression in _expressions) request.Nest(ListElement, expression);
    }

    private NftRule Network(int offset, IPAddress network, int prefixLength, bool not = false)
    {
        var mask = new byte[AddressLength];
        for (var bit = 0; bit < prefixLength; bit++) mask[bit / 8] |= (byte)(0x80 >> (bit % 8));
        var value = network.GetAddressBytes();
        for (var i = 0; i < value.Length; i++) value[i] &= mask[i];
        return LoadPayload(network: true, offset, AddressLength, First).Mask(mask).Compare(First, value, not);
    }

    private NftRule ConnectionBits(int key, int bits) =>
        Load("ct", (1, First), (2, key)).Mask(BitConverter.GetBytes(bits)).Compare(First, new byte[4], not: true);

    private NftRule LoadLink(bool from) => Load("meta", (2, from ? 6 : 7), (1, Wide));

    private NftRule LoadProtocol(int register) => Load("meta", (2, 16), (1, register));

    private NftRule LoadPort(int register) => LoadPayload(network: false, 2, 2, register);

    private NftRule LoadAddressAndPort() =>
        LoadProtocol(First).LoadPayload(network: true, DestinationOffset, AddressLength, First + 1).LoadPort(First + 1 + AddressRegisters);

    private NftRule LoadPayload(bool network, int offset, int length, int register) =>
        Load("payload", (1, register), (2, network ? 1 : 2), (3, offset), (4, length));

    private NftRule Mask(byte[] mask) => Expression("bitwise", data => data
        .BigEndian(1, First).BigEndian(2, First).BigEndian(3, mask.Length)
        .Nest(4, value => value.Attribute(DataValue, mask))
        .Nest(5, value => value.Attribute(DataValue, new byte[mask.Length])));

    private NftRule Compare(int register, byte[] value, bool not) => Expression("cmp", data => data
        .BigEndian(1, register).BigEndian(2, not ? 1 : 0).Nest(3, nested => nested.Attribute(DataValue, value)));

    private NftRule LookUp(string set, int source, int? destination = null) => Expression("lookup", data =>
    {
        data.Attribute(1, set).BigEndian(2, source);
        if (destination is { } register) data.BigEndian(3, register);
    });

    private NftRule Constant(int register, byte[] value) => Expression("immediate", data => data
        .BigEndian(1, register).Nest(2, nested => nested.Attribute(DataValue, value)));

    private NftRule Verdict(int code) => Expression("immediate", data => data
        .BigEndian(1, VerdictRegister).Nest(2, value => value.Nest(DataVerdict, verdict => verdict.BigEndian(1, code))));

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
