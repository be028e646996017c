using System.Buffers.Binary;

namespace Boreal.Oci.Tar;

/// <summary>The fields of one 512-byte block: POSIX ustar, GNU and the seventh edition's.</summary>
internal readonly ref struct TarHeader(ReadOnlySpan<byte> block)
{
    public const int Size = 512;

    private readonly ReadOnlySpan<byte> _block = block;

    public byte Type => _block[156];

    public ReadOnlySpan<byte> LinkName => Text(_block.Slice(157, 100));

    public long Mode => Number(_block.Slice(100, 8));

    public long Uid => Number(_block.Slice(108, 8));

    public long Gid => Number(_block.Slice(116, 8));

    public long PayloadSize => Number(_block.Slice(124, 12));

    public long Modified => Number(_block.Slice(136, 12));

    public long DeviceMajor => HasMagic ? Number(_block.Slice(329, 8)) : 0;

    public long DeviceMinor => HasMagic ? Number(_block.Slice(337, 8)) : 0;

    public bool IsZero => !_block.ContainsAnyExcept((byte)0);

    // "ustar\0" is POSIX, "ustar  \0" GNU: only the former has a name prefix.
    private bool HasMagic => _block.Slice(257, 5).SequenceEqual("ustar"u8);

    private bool IsPosix => _block.Slice(257, 6).SequenceEqual("ustar\0"u8);

    public byte[] Name
    {
        get
        {
            var name = Text(_block[..100]);
            var prefix = IsPosix ? Text(_block.Slice(345, 155)) : default;
            return prefix.IsEmpty ? name.ToArray() : [.. prefix, (byte)'/', .. name];
        }
    }

    /// <exception cref="TarException">The checksum is wrong, as it is for anything that is no tar.</exception>
    public void Verify()
    {
        long unsigned = 0, signed = 0;
        for (var i = 0; i < Size; i++)
        {
            var value = i is >= 148 and < 156 ? (byte)' ' : _block[i];
            unsigned += value;
            signed += (sbyte)value;
        }

        var stored = Number(_block.Slice(148, 8));
        if (stored != unsigned && stored != signed)
            throw TarException.InvalidHeader();
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    private static long Number(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) != 0)
            return Binary(field);

        field = field.Trim(" \0"u8);
        var end = field.IndexOfAny((byte)0, (byte)' ');
        if (end >= 0)
            field = field[..end];
        long value = 0;
        foreach (var digit in field)
            value = digit is >= (byte)'0' and <= (byte)'7' ? (value << 3) | (long)(digit - '0') : throw TarException.InvalidHeader();
        return value;
    }

    // Base 256: the top bit marks it, the next is the sign of a two's complement number.
    private static long Binary(ReadOnlySpan<byte> field)
    {
        var fill = (field[0] & 0x40) != 0 ? (byte)0xff : (byte)0;
        Span<byte> wide = stackalloc byte[16];
        wide.Fill(fill);
        field.CopyTo(wide[(16 - field.Length)..]);
        wide[16 - field.Length] = (byte)((field[0] & 0x7f) | (fill & 0x80));
        var value = BinaryPrimitives.ReadInt128BigEndian(wide);
        return value >= long.MinValue && value <= long.MaxValue ? (long)value : throw TarException.InvalidHeader();
    }
}
