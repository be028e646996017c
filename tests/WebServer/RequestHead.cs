using System.Globalization;

namespace Boreal.Tests.WebServer;

/// <summary>A request without its body.</summary>
internal sealed record RequestHead(string Method, string Path, string Query, bool IsKept, long Length, string WebSocketKey)
{
    public static RequestHead Parse(IReadOnlyList<string> lines)
    {
        if (lines[0].Split(' ') is not [var method, var target, var protocol])
            throw new InvalidDataException($"not a request: {lines[0]}");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }
        var parts = target.Split('?', 2);
        var connection = headers.GetValueOrDefault("Connection", "");
        return new RequestHead(
            method,
            parts[0],
            parts.Length > 1 ? parts[1] : "",
            protocol == "HTTP/1.1" && !connection.Contains("close", StringComparison.OrdinalIgnoreCase),
            long.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture),
            headers.GetValueOrDefault("Sec-WebSocket-Key", ""));
    }

    /// <summary>A number in the query, as in <c>?ms=500</c>.</summary>
    public int Number(string name) =>
        Query.Split('&').Select(pair => pair.Split('=')).FirstOrDefault(pair => pair[0] == name) is [_, var value] ? int.Parse(value, CultureInfo.InvariantCulture) : 0;
}
