using System.Buffers.Binary;
using System.Net;
using System.Text;
using Boreal.Linux.Netlink;

namespace Boreal.Linux.Nftables;

/// <summary>An element of a set or map: every part of key and data is padded to 4 bytes.</summary>
public sealed record NftElement(byte[] Key, byte[]? Data = null, string? Jump = null)
{
    public const byte Tcp = 6;
    public const byte Udp = 17;
    public const byte Sctp = 132;
    private const int JumpCode = -3;
    private const int LinkNameLength = 16;

    /// <summary>The first key after a range; the kernel wants it as an element of its own.</summary>
    public bool EndsRange { get; init; }

    /// <summary>The last key of a range in a set whose keys have several parts.</summary>
    public byte[]? LastKey { get; init; }

    /// <summary>From protocol and port to a container's address and port; <paramref name="at"/> restricts it to one address of the host.</summary>
    public static NftElement Port(byte protocol, IPAddress? at, ushort port, (IPAddress Address, ushort Port) target) =>
        new([.. Port(protocol, at, port).Key], [.. target.Address.GetAddressBytes(), .. BigEndian(target.Port)]);

    /// <summary>Protocol, address where there is one, and port.</summary>
    public static NftElement Port(byte protocol, IPAddress? at, ushort port)
    {
        byte[] address = at is null ? [] : at.GetAddressBytes();
        return new NftElement([protocol, 0, 0, 0, .. address, .. BigEndian(port)]);
    }

    /// <summary>From protocol and ports to a container's address; the ports stay what they are.</summary>
    public static NftElement Ports(byte protocol, IPAddress? at, (ushort First, ushort Last) ports, IPAddress target) =>
        new(Port(protocol, at, ports.First).Key, target.GetAddressBytes()) { LastKey = Port(protocol, at, ports.Last).Key };

    /// <summary>From a number to an address, and to a port where one is given.</summary>
    public static NftElement Numbered(int number, IPAddress address, ushort? port)
    {
        byte[] at = port is { } given ? BigEndian(given) : [];
        return new NftElement(BitConverter.GetBytes(number), [.. address.GetAddressBytes(), .. at]);
    }

    /// <summary>An address.</summary>
    public static NftElement Address(IPAddress address, string? jump = null) => new(address.GetAddressBytes(), Jump: jump);

    /// <summary>A link by its name.</summary>
    public static NftElement Link(string name, string? jump = null) => new(LinkName(name), Jump: jump);

    /// <summary>All addresses of a network.</summary>
    public static IEnumerable<NftElement> Network(IPNetwork network, string? jump = null)
    {
        var first = network.BaseAddress.GetAddressBytes();
        yield return new NftElement(first, Jump: jump);
        var next = (byte[])first.Clone();
        var at = network.PrefixLength - 1;
        if (at < 0) yield break;
        var carry = 1 << (7 - (at % 8));
        for (var i = at / 8; i >= 0 && carry > 0; i--)
        {
            carry += next[i];
            next[i] = (byte)carry;
            carry >>= 8;
        }

        // A range up to the last address there is has no end.
        if (carry == 0) yield return new NftElement(next) { EndsRange = true };
    }

    internal static byte[] LinkName(string name)
    {
        var padded = new byte[LinkNameLength];
        Encoding.ASCII.GetBytes(name, padded);
        return padded;
    }

    internal void WriteTo(NetlinkRequest request, bool withData)
    {
        request.Nest(1, key => key.Attribute(1, Key));
        if (EndsRange) request.BigEndian(3, 1);
        if (LastKey is not null) request.Nest(10, key => key.Attribute(1, LastKey));
        if (!withData) return;
        if (Data is not null) request.Nest(2, data => data.Attribute(1, Data));
        if (Jump is not null) request.Nest(2, data => data.Nest(2, verdict => verdict.BigEndian(1, JumpCode).Attribute(2, Jump)));
    }

    private static byte[] BigEndian(ushort port)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, port);
        return bytes;
    }
}
