using System.Buffers.Binary;
using System.Net;

namespace Boreal.Linux.Nftables;

/// <summary>An element of a map: every part of key and data is padded to 4 bytes.</summary>
public sealed record NftElement(byte[] Key, byte[] Data)
{
    public const byte Tcp = 6;
    public const byte Udp = 17;

    /// <summary>From protocol and port to a container's address and port; <paramref name="at"/> restricts it to one address of the host.</summary>
    public static NftElement Port(byte protocol, IPAddress? at, ushort port, (IPAddress Address, ushort Port) target)
    {
        byte[] address = at is null ? [] : at.GetAddressBytes();
        return new NftElement([protocol, 0, 0, 0, .. address, .. BigEndian(port)], [.. target.Address.GetAddressBytes(), .. BigEndian(target.Port)]);
    }

    private static byte[] BigEndian(ushort port)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, port);
        return bytes;
    }
}
