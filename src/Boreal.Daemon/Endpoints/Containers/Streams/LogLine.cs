using System.Buffers;
using System.Text;

namespace Boreal.Daemon.Endpoints.Containers.Streams;

/// <summary>One line of a log as <c>docker logs</c> sends it: time and details if asked for, in a frame unless there is a terminal.</summary>
internal static class LogLine
{
    public static void Write(
        IBufferWriter<byte> output, byte? stream, string timestamp, IEnumerable<KeyValuePair<string, string>>? details, ReadOnlySpan<byte> line)
    {
        var prefix = Encoding.UTF8.GetBytes(Prefix(timestamp, details));
        if (stream is { } number)
            StdioFrame.WriteHeader(output, number, prefix.Length + line.Length);
        output.Write(prefix);
        output.Write(line);
    }

    private static string Prefix(string timestamp, IEnumerable<KeyValuePair<string, string>>? details)
    {
        var prefix = timestamp.Length == 0 ? "" : timestamp + " ";
        if (details is null)
            return prefix;
        var pairs = details.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{Escape(pair.Key)}={Escape(pair.Value)}");
        return $"{prefix}{string.Join(',', pairs)} ";
    }

    // As a form field: spaces become +.
    private static string Escape(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
