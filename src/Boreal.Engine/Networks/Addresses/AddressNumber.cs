using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Boreal.Engine.Networks.Addresses;

/// <summary>Addresses of both families as numbers, to count with.</summary>
internal static class AddressNumber
{
    public static UInt128 Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out var count) && count == 4
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    public static IPAddress ToAddress(UInt128 number, AddressFamily family)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (family is AddressFamily.InterNetworkV6)
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
            return new IPAddress(bytes);
        }

        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)number);
        return new IPAddress(bytes[..4]);
    }

    /// <summary>How many bits an address of the family has.</summary>
    public static int Bits(AddressFamily family) => family is AddressFamily.InterNetworkV6 ? 128 : 32;

    /// <summary>The last address of a network.</summary>
    public static UInt128 LastOf(IPNetwork network) =>
        Of(network.BaseAddress) + (SizeOf(Bits(network.BaseAddress.AddressFamily) - network.PrefixLength) - 1);

    /// <summary>How many addresses so many bits tell apart; of all 128 the largest number there is.</summary>
    public static UInt128 SizeOf(int bits) => bits >= 128 ? UInt128.MaxValue : UInt128.One << bits;

    /// <summary>The network an address with its prefix length is in.</summary>
    public static IPNetwork NetworkOf(IPAddress address, int prefixLength)
    {
        var bits = Bits(address.AddressFamily) - prefixLength;
        var number = bits >= 128 ? UInt128.Zero : (Of(address) >> bits) << bits;
        return new IPNetwork(ToAddress(number, address.AddressFamily), prefixLength);
    }

    public static bool Overlap(IPNetwork one, IPNetwork other) => one.Contains(other.BaseAddress) || other.Contains(one.BaseAddress);
}
