using System.Globalization;

namespace Boreal.Registry.Http;

/// <summary>A part of a blob, asked for with <c>Range</c>.</summary>
internal readonly record struct ByteRange(long Start, long Length)
{
    private const string Unit = "bytes=";

    /// <summary>
    /// Whether a part is asked for: <paramref name="range"/>, null when it lies past the end or ends before it starts. What is
    /// no single range of bytes is ignored, as HTTP has it.
    /// </summary>
    public static bool TryParse(string? header, long size, out ByteRange? range)
    {
        range = null;
        if (header is null || !header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase))
            return false;
        var text = header.AsSpan(Unit.Length).Trim();
        var dash = text.IndexOf('-');
        if (dash < 0 || text.Contains(','))
            return false;
        var from = text[..dash].Trim();
        var to = text[(dash + 1)..].Trim();
        if (from.IsEmpty)
            return TryParseSuffix(to, size, out range);
        if (!TryNumber(from, out var start))
            return false;
        var end = long.MaxValue;
        if (!to.IsEmpty && !TryNumber(to, out end))
            return false;
        if (start < size && start <= end)
            range = new ByteRange(start, Math.Min(end, size - 1) - start + 1);
        return true;
    }

    private static bool TryParseSuffix(ReadOnlySpan<char> text, long size, out ByteRange? range)
    {
        range = null;
        if (!TryNumber(text, out var count))
            return false;
        count = Math.Min(count, size);
        if (count > 0)
            range = new ByteRange(size - count, count);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
