using System.Globalization;
using System.Text;

namespace Boreal.Oci.Tar;

/// <summary>Writes POSIX tar, with extended headers where a field does not fit. Blocking; the caller owns the stream.</summary>
public sealed class TarWriter(Stream target)
{
    private readonly byte[] _block = new byte[TarHeader.Size];
    private int _padding;

    /// <summary>Begins an entry; exactly <see cref="TarEntry.Size"/> bytes of payload must follow.</summary>
    public void Begin(TarEntry entry)
    {
        WritePadding();
        var extended = Extended(entry);
        if (extended.Length > 0)
            WriteExtended(entry, extended);

        Fill(entry.Name.Span, TypeOf(entry.Kind), entry.Permissions, entry.Size);
        Octal(108, 8, Fits(entry.Uid, 7) ? entry.Uid : 0);
        Octal(116, 8, Fits(entry.Gid, 7) ? entry.Gid : 0);
        Octal(136, 12, Fits(entry.Modified.Seconds, 11) ? entry.Modified.Seconds : 0);
        Put(157, 100, entry.LinkName.Span);
        Octal(329, 8, entry.DeviceMajor);
        Octal(337, 8, entry.DeviceMinor);
        WriteHeader();
        _padding = (int)(-entry.Size & (TarHeader.Size - 1));
    }

    public void Payload(ReadOnlySpan<byte> data) => target.Write(data);

    /// <summary>An entry whose payload is at hand.</summary>
    public void Write(TarEntry entry, ReadOnlySpan<byte> payload)
    {
        Begin(entry with { Size = payload.Length });
        Payload(payload);
    }

    /// <summary>Ends the archive.</summary>
    public void End()
    {
        WritePadding();
        Array.Clear(_block);
        target.Write(_block);
        target.Write(_block);
    }

    private void WriteExtended(TarEntry entry, byte[] records)
    {
        var name = Encoding.Latin1.GetString(entry.Name.Span).TrimEnd('/');
        var slash = name.LastIndexOf('/');
        var header = Encoding.Latin1.GetBytes((slash < 0 ? "" : name[..(slash + 1)]) + "PaxHeaders.0/" + name[(slash + 1)..]);
        Fill(header, (byte)'x', 0, records.Length);
        Octal(108, 8, 0);
        Octal(116, 8, 0);
        Octal(136, 12, 0);
        Octal(329, 8, 0);
        Octal(337, 8, 0);
        WriteHeader();
        target.Write(records);
        _padding = (int)(-records.Length & (TarHeader.Size - 1));
        WritePadding();
    }

    private static byte[] Extended(TarEntry entry)
    {
        var records = new SortedDictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        if (!FitsText(entry.Name.Span))
            records["path"] = entry.Name;
        if (!FitsText(entry.LinkName.Span))
            records["linkpath"] = entry.LinkName;
        AddNumber(records, "uid", entry.Uid, 7);
        AddNumber(records, "gid", entry.Gid, 7);
        AddNumber(records, "size", entry.Size, 11);
        if (entry.Modified.Nanoseconds > 0 || !Fits(entry.Modified.Seconds, 11))
            records["mtime"] = Encoding.ASCII.GetBytes(FormatTime(entry.Modified));
        foreach (var (key, value) in entry.ExtendedAttributes)
            records["SCHILY.xattr." + key] = value;

        using var text = new MemoryStream();
        foreach (var (key, value) in records)
            WriteRecord(text, Encoding.UTF8.GetBytes(key), value.Span);
        return text.ToArray();
    }

    private static void WriteRecord(MemoryStream text, byte[] key, ReadOnlySpan<byte> value)
    {
        // The length counts its own digits.
        var content = key.Length + value.Length + 3;
        var length = content + content.ToString(CultureInfo.InvariantCulture).Length;
        if (length.ToString(CultureInfo.InvariantCulture).Length != (length - content))
            length++;
        text.Write(Encoding.ASCII.GetBytes(length.ToString(CultureInfo.InvariantCulture)));
        text.WriteByte((byte)' ');
        text.Write(key);
        text.WriteByte((byte)'=');
        text.Write(value);
        text.WriteByte((byte)'\n');
    }

    private static string FormatTime(TarTime time) => time.Nanoseconds == 0
        ? time.Seconds.ToString(CultureInfo.InvariantCulture)
        : (time.Seconds + time.Nanoseconds / 1_000_000_000m).ToString("0.#########", CultureInfo.InvariantCulture);

    private static void AddNumber(SortedDictionary<string, ReadOnlyMemory<byte>> records, string key, long value, int digits)
    {
        if (!Fits(value, digits))
            records[key] = Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture));
    }

    private void Fill(ReadOnlySpan<byte> name, byte type, uint mode, long size)
    {
        Array.Clear(_block);
        Put(0, 100, name);
        Octal(100, 8, mode);
        Octal(124, 12, Fits(size, 11) ? size : 0);
        _block[156] = type;
        "ustar\000"u8.CopyTo(_block.AsSpan(257));
    }

    private void WriteHeader()
    {
        _block.AsSpan(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var value in _block)
            sum += value;
        Octal(148, 7, sum);
        target.Write(_block);
    }

    private void WritePadding()
    {
        Span<byte> zeros = stackalloc byte[TarHeader.Size];
        zeros.Clear();
        target.Write(zeros[.._padding]);
        _padding = 0;
    }

    private void Put(int offset, int length, ReadOnlySpan<byte> text) => text[..Math.Min(text.Length, length)].CopyTo(_block.AsSpan(offset));

    private void Octal(int offset, int length, long value)
    {
        for (var i = offset + length - 2; i >= offset; i--, value >>= 3)
            _block[i] = (byte)('0' + (value & 7));
        _block[offset + length - 1] = 0;
    }

    private static bool Fits(long value, int digits) => value >= 0 && value < 1L << (digits * 3);

    private static bool FitsText(ReadOnlySpan<byte> text) => text.Length <= 100 && !text.ContainsAnyExceptInRange((byte)1, (byte)127);

    private static byte TypeOf(TarKind kind) => kind switch
    {
        TarKind.Regular => (byte)'0',
        TarKind.HardLink => (byte)'1',
        TarKind.SymbolicLink => (byte)'2',
        TarKind.CharacterDevice => (byte)'3',
        TarKind.BlockDevice => (byte)'4',
        TarKind.Directory => (byte)'5',
        TarKind.Fifo => (byte)'6',
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
