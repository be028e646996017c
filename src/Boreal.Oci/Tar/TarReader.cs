namespace Boreal.Oci.Tar;

/// <summary>
/// Reads a tar stream entry by entry, blocking, without seeking. Every byte that is not a payload handed out by
/// <see cref="ReadPayload"/> also goes to <paramref name="structure"/>, so the archive can be rebuilt bit by bit from it and the payloads.
/// </summary>
public sealed class TarReader(Stream source, Stream? structure = null)
{
    // Longest extended header or long name we accept: one mebibyte, as Go's reader.
    private const int LongestSpecial = 1 << 20;

    private readonly byte[] _block = new byte[TarHeader.Size];
    private long _payload;
    private int _padding;

    /// <summary>Whether a block is an entry's header, by its checksum.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> block)
    {
        if (block.Length < TarHeader.Size)
            return false;
        try
        {
            new TarHeader(block[..TarHeader.Size]).Verify();
            return true;
        }
        catch (TarException)
        {
            return false;
        }
    }

    /// <summary>Payload bytes of the current entry not read yet.</summary>
    public long Remaining => _payload;

    /// <summary>The next entry, or null at the end of the archive. What is left of the current one is skipped.</summary>
    public TarEntry? Next()
    {
        PaxRecords? pax = null;
        ReadOnlyMemory<byte>? longName = null, longLink = null;
        while (true)
        {
            SkipRest();
            if (!ReadBlock())
                return null;

            var header = new TarHeader(_block);
            if (header.IsZero)
            {
                ReadEnd();
                return null;
            }

            header.Verify();
            switch ((char)header.Type)
            {
                case 'x': pax = PaxRecords.Parse(ReadSpecial(header.PayloadSize)); break;
                case 'g': ReadSpecial(header.PayloadSize); break;
                case 'L': longName = TrimZeros(ReadSpecial(header.PayloadSize)); break;
                case 'K': longLink = TrimZeros(ReadSpecial(header.PayloadSize)); break;
                default: return Build(header, pax, longName, longLink);
            }
        }
    }

    /// <summary>Reads the current entry's payload; 0 at its end.</summary>
    public int ReadPayload(Span<byte> buffer)
    {
        if (buffer.Length > _payload)
            buffer = buffer[..(int)_payload];
        if (buffer.IsEmpty)
            return 0;
        var count = source.Read(buffer);
        if (count == 0)
            throw TarException.Truncated();
        _payload -= count;
        return count;
    }

    /// <summary>Reads what follows the archive's end marker, for whoever hashes or records the stream.</summary>
    public void Drain()
    {
        int count;
        while ((count = source.Read(_block)) > 0)
            structure?.Write(_block, 0, count);
    }

    private TarEntry Build(TarHeader header, PaxRecords? pax, ReadOnlyMemory<byte>? longName, ReadOnlyMemory<byte>? longLink)
    {
        if (pax is { IsSparse: true } || header.Type == 'S')
            throw new TarException("archive/tar: sparse entries are not supported, make the archive without them");

        var name = pax?.Path ?? longName ?? header.Name;
        var kind = KindOf(header.Type, name.Span);
        var size = kind is TarKind.Regular or TarKind.Unknown ? pax?.Size ?? header.PayloadSize : 0;
        if (size < 0)
            throw TarException.InvalidHeader();

        _payload = size;
        _padding = (int)(-size & (TarHeader.Size - 1));
        return new TarEntry
        {
            Name = name,
            Kind = kind,
            Permissions = (uint)header.Mode & 0xFFF,
            Uid = pax?.Uid ?? header.Uid,
            Gid = pax?.Gid ?? header.Gid,
            Size = size,
            Modified = pax?.Modified ?? new TarTime(header.Modified, 0),
            Accessed = pax?.Accessed,
            LinkName = pax?.LinkPath ?? longLink ?? header.LinkName.ToArray(),
            DeviceMajor = (uint)header.DeviceMajor,
            DeviceMinor = (uint)header.DeviceMinor,
            ExtendedAttributes = pax?.ExtendedAttributes ?? [],
        };
    }

    private static TarKind KindOf(byte type, ReadOnlySpan<byte> name) => (char)type switch
    {
        '\0' when name.EndsWith("/"u8) => TarKind.Directory,
        '\0' or '0' or '7' => TarKind.Regular,
        '1' => TarKind.HardLink,
        '2' => TarKind.SymbolicLink,
        '3' => TarKind.CharacterDevice,
        '4' => TarKind.BlockDevice,
        '5' => TarKind.Directory,
        '6' => TarKind.Fifo,
        _ => TarKind.Unknown,
    };

    private byte[] ReadSpecial(long size)
    {
        if (size is < 0 or > LongestSpecial)
            throw TarException.InvalidHeader();
        var content = new byte[size];
        ReadStructure(content);
        Span<byte> padding = stackalloc byte[(int)(-size & (TarHeader.Size - 1))];
        ReadStructure(padding);
        return content;
    }

    private static ReadOnlyMemory<byte> TrimZeros(byte[] name)
    {
        var end = name.AsSpan().IndexOf((byte)0);
        return end < 0 ? name : name.AsMemory(0, end);
    }

    private void SkipRest()
    {
        Span<byte> buffer = stackalloc byte[8192];
        while (_payload > 0)
        {
            var count = ReadPayload(buffer);
            structure?.Write(buffer[..count]);
        }

        ReadStructure(buffer[.._padding]);
        _padding = 0;
    }

    private bool ReadBlock()
    {
        var count = source.ReadAtLeast(_block, _block.Length, throwOnEndOfStream: false);
        if (count == 0)
            return false;
        if (count < _block.Length)
            throw TarException.Truncated();
        structure?.Write(_block);
        return true;
    }

    // The end is two blocks of zeros; a missing second one is forgiven, anything else in its place is not.
    private void ReadEnd()
    {
        if (ReadBlock() && !new TarHeader(_block).IsZero)
            throw TarException.InvalidHeader();
    }

    private void ReadStructure(Span<byte> buffer)
    {
        if (source.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
            throw TarException.Truncated();
        structure?.Write(buffer);
    }
}
