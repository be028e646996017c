using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Boreal.Daemon.Logging;

/// <summary>The daemon's log: one line per entry on standard error, as text (<c>time= level= msg= key=</c>) or JSON.</summary>
internal sealed class DaemonLog(bool json, TimeProvider time, Stream output) : ILoggerProvider
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(" \"=\\\n\r\t");

    private readonly Lock _lock = new();

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    public void Dispose() => output.Flush();

    private void Write(LogLevel level, string category, string message, IReadOnlyList<KeyValuePair<string, object?>> fields, Exception? exception)
    {
        var line = json ? Json(level, category, message, fields, exception) : Text(level, category, message, fields, exception);
        lock (_lock)
            output.Write(line);
    }

    private ReadOnlySpan<byte> Text(LogLevel level, string category, string message, IReadOnlyList<KeyValuePair<string, object?>> fields, Exception? exception)
    {
        var line = new StringBuilder(128);
        line.Append("time=").Append(Time()).Append(" level=").Append(Name(level)).Append(" msg=");
        Quote(line, message);
        line.Append(" from=").Append(category);
        foreach (var (key, value) in fields)
        {
            if (key == "{OriginalFormat}") continue;
            line.Append(' ').Append(char.ToLowerInvariant(key[0])).Append(key, 1, key.Length - 1).Append('=');
            Quote(line, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
        }
        if (exception is not null)
        {
            line.Append(" error=");
            Quote(line, exception.ToString());
        }
        return Encoding.UTF8.GetBytes(line.Append('\n').ToString());
    }

    private ReadOnlySpan<byte> Json(LogLevel level, string category, string message, IReadOnlyList<KeyValuePair<string, object?>> fields, Exception? exception)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("time", Time());
            writer.WriteString("level", Name(level));
            writer.WriteString("msg", message);
            writer.WriteString("from", category);
            foreach (var (key, value) in fields)
            {
                if (key != "{OriginalFormat}")
                    writer.WriteString(char.ToLowerInvariant(key[0]) + key[1..], Convert.ToString(value, CultureInfo.InvariantCulture));
            }
            if (exception is not null)
                writer.WriteString("error", exception.ToString());
            writer.WriteEndObject();
        }
        buffer.Write("\n"u8);
        return buffer.WrittenSpan;
    }

    private string Time() => time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        _ => "fatal",
    };

    private static void Quote(StringBuilder line, string text)
    {
        if (text.Length > 0 && !text.AsSpan().ContainsAny(NeedQuotes))
            line.Append(text);
        else
            line.Append('"').Append(text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r")).Append('"');
    }

    private sealed class Category(DaemonLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Write(logLevel, name, formatter(state, exception), state as IReadOnlyList<KeyValuePair<string, object?>> ?? [], exception);
    }
}
