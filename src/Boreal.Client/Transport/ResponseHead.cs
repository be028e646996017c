using System.Globalization;
using System.Text;
using Boreal.Client.Errors;

namespace Boreal.Client.Transport;

/// <summary>Status line and headers of an answer.</summary>
internal sealed class ResponseHead
{
    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);

    private ResponseHead(int status) => Status = status;

    public int Status { get; }

    public string? this[string name] => _headers.GetValueOrDefault(name);

    public bool IsChunked => this["Transfer-Encoding"] is { } coding && coding.Contains("chunked", StringComparison.OrdinalIgnoreCase);

    public long? ContentLength => long.TryParse(this["Content-Length"], NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;

    public bool ClosesConnection => this["Connection"] is { } value && value.Contains("close", StringComparison.OrdinalIgnoreCase);

    public static ResponseHead Parse(ReadOnlySpan<byte> text)
    {
        var lines = Encoding.Latin1.GetString(text).Split("\r\n");
        var parts = lines[0].Split(' ', 3);
        if (parts.Length < 2 || !parts[0].StartsWith("HTTP/1.", StringComparison.Ordinal)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            throw new BrokenStreamException($"not an HTTP answer: {lines[0]}");
        var head = new ResponseHead(status);
        foreach (var line in lines.AsSpan(1))
        {
            var colon = line.IndexOf(':');
            if (colon > 0) head._headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        return head;
    }
}
