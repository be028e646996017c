using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Boreal.Oci.Tar;

/// <summary>The records of a POSIX extended header that concern a file tree.</summary>
internal sealed class PaxRecords
{
    private const string AttributePrefix = "SCHILY.xattr.";

    public ReadOnlyMemory<byte>? Path { get; private set; }

    public ReadOnlyMemory<byte>? LinkPath { get; private set; }

    public long? Size { get; private set; }

    public long? Uid { get; private set; }

    public long? Gid { get; private set; }

    public TarTime? Modified { get; private set; }

    public TarTime? Accessed { get; private set; }

    public bool IsSparse { get; private set; }

    public List<KeyValuePair<string, ReadOnlyMemory<byte>>> ExtendedAttributes { get; } = [];

    /// <summary>Each record is <c>length key=value\n</c>, the length counting itself.</summary>
    public static PaxRecords Parse(ReadOnlyMemory<byte> text)
    {
        var records = new PaxRecords();
        while (!text.IsEmpty)
        {
            if (!Utf8Parser.TryParse(text.Span, out int length, out var digits) || length <= digits + 1 || length > text.Length
                || text.Span[digits] != ' ' || text.Span[length - 1] != '\n')
                throw TarException.InvalidHeader();

            var record = text[(digits + 1)..(length - 1)];
            var separator = record.Span.IndexOf((byte)'=');
            if (separator <= 0)
                throw TarException.InvalidHeader();
            records.Add(Encoding.UTF8.GetString(record.Span[..separator]), record[(separator + 1)..]);
            text = text[length..];
        }

        return records;
    }

    private void Add(string key, ReadOnlyMemory<byte> value)
    {
        switch (key)
        {
            case "path": Path = value.IsEmpty ? null : value; break;
            case "linkpath": LinkPath = value.IsEmpty ? null : value; break;
            case "size": Size = Number(value); break;
            case "uid": Uid = Number(value); break;
            case "gid": Gid = Number(value); break;
            case "mtime": Modified = Time(value); break;
            case "atime": Accessed = Time(value); break;
            default:
                if (key.StartsWith(AttributePrefix, StringComparison.Ordinal))
                    ExtendedAttributes.Add(new(key[AttributePrefix.Length..], value));
                else if (key.StartsWith("GNU.sparse.", StringComparison.Ordinal))
                    IsSparse = true;
                break;
        }
    }

    private static long? Number(ReadOnlyMemory<byte> value) =>
        value.IsEmpty ? null
        : long.TryParse(value.Span, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw TarException.InvalidHeader();

    private static TarTime? Time(ReadOnlyMemory<byte> value)
    {
        if (value.IsEmpty)
            return null;

        var point = value.Span.IndexOf((byte)'.');
        var whole = point < 0 ? value.Span : value.Span[..point];
        if (!long.TryParse(whole, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
            throw TarException.InvalidHeader();
        if (point < 0)
            return new TarTime(seconds, 0);

        uint nanoseconds = 0;
        var fraction = value.Span[(point + 1)..];
        for (var i = 0; i < 9; i++)
        {
            var digit = i < fraction.Length ? fraction[i] : (byte)'0';
            nanoseconds = digit is >= (byte)'0' and <= (byte)'9' ? nanoseconds * 10 + (uint)(digit - '0') : throw TarException.InvalidHeader();
        }

        // "-1.5" is one and a half second before 1970: the fraction counts up from the second below.
        return value.Span[0] == '-' && nanoseconds > 0 ? new TarTime(seconds - 1, 1_000_000_000 - nanoseconds) : new TarTime(seconds, nanoseconds);
    }
}
