using System.Globalization;
using Boreal.Registry.Errors;

namespace Boreal.Registry.Uploads;

/// <summary>Which bytes a chunk says it has: <c>start-end</c>, and not as HTTP's header of this name.</summary>
internal readonly record struct ContentRange(long Start, long End)
{
    public long Length => End - Start + 1;

    /// <exception cref="RegistryException">The header is there and is no range.</exception>
    public static ContentRange? Parse(string? header)
    {
        if (string.IsNullOrEmpty(header))
            return null;
        // Some clients write it as HTTP does: "bytes 0-99/*".
        var text = header.StartsWith("bytes ", StringComparison.Ordinal) ? header["bytes ".Length..] : header;
        var slash = text.IndexOf('/');
        var parts = (slash < 0 ? text : text[..slash]).Split('-');
        if (parts.Length == 2 && TryNumber(parts[0], out var start) && TryNumber(parts[1], out var end) && end >= start)
            return new ContentRange(start, end);
        throw new RegistryException(RegistryErrorCode.BlobUploadInvalid, "Content-Range must be start-end") { Detail = header };
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
