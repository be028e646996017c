using System.Runtime.InteropServices;

namespace Boreal.Linux.Netlink;

/// <summary>Reads type-length-value attributes.</summary>
public static class NetlinkAttributes
{
    private const ushort TypeMask = 0x3fff;

    /// <summary>The value of the first attribute of the type; empty when there is none.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> attributes, ushort type)
    {
        while (attributes.Length >= 4)
        {
            var length = MemoryMarshal.Read<ushort>(attributes);
            if (length < 4 || length > attributes.Length) break;
            if ((MemoryMarshal.Read<ushort>(attributes[2..]) & TypeMask) == type) return attributes[4..length];
            attributes = attributes[Math.Min((length + 3) & ~3, attributes.Length)..];
        }

        return [];
    }
}
