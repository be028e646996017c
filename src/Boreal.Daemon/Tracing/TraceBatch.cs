using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Boreal.Daemon.Http;

namespace Boreal.Daemon.Tracing;

/// <summary>Spans as OTLP's JSON has them, see opentelemetry.io/docs/specs/otlp: ids in hexadecimal, 64-bit numbers as text.</summary>
internal static class TraceBatch
{
    private const int Error = 2;

    public static ReadOnlyMemory<byte> Write(IReadOnlyList<Activity> spans, string serviceName)
    {
        var output = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartArray("resourceSpans");
        json.WriteStartObject();
        json.WriteStartObject("resource");
        WriteAttributes(json, [new("service.name", serviceName), new("service.version", ProductVersion.Own), new("host.name", Environment.MachineName)]);
        json.WriteEndObject();
        json.WriteStartArray("scopeSpans");
        foreach (var scope in spans.GroupBy(span => span.Source.Name))
        {
            json.WriteStartObject();
            json.WriteStartObject("scope");
            json.WriteString("name", scope.Key);
            json.WriteEndObject();
            json.WriteStartArray("spans");
            foreach (var span in scope)
                WriteSpan(json, span);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    private static void WriteSpan(Utf8JsonWriter json, Activity span)
    {
        json.WriteStartObject();
        json.WriteString("traceId", span.TraceId.ToHexString());
        json.WriteString("spanId", span.SpanId.ToHexString());
        if (span.ParentSpanId != default)
            json.WriteString("parentSpanId", span.ParentSpanId.ToHexString());
        if (span.TraceStateString is { Length: > 0 } state)
            json.WriteString("traceState", state);
        json.WriteString("name", span.DisplayName);
        // OTLP counts kinds from 1; 0 is none.
        json.WriteNumber("kind", (int)span.Kind + 1);
        json.WriteString("startTimeUnixNano", Nanoseconds(span.StartTimeUtc));
        json.WriteString("endTimeUnixNano", Nanoseconds(span.StartTimeUtc + span.Duration));
        WriteAttributes(json, span.TagObjects);
        if (span.Status is ActivityStatusCode.Error)
        {
            json.WriteStartObject("status");
            json.WriteNumber("code", Error);
            json.WriteString("message", span.StatusDescription);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> attributes)
    {
        json.WriteStartArray("attributes");
        foreach (var (key, value) in attributes)
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteStartObject("value");
            switch (value)
            {
                case bool flag: json.WriteBoolean("boolValue", flag); break;
                case int or long: json.WriteString("intValue", Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)); break;
                case double number: json.WriteNumber("doubleValue", number); break;
                default: json.WriteString("stringValue", value?.ToString() ?? ""); break;
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string Nanoseconds(DateTime time) =>
        ((time - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick).ToString(CultureInfo.InvariantCulture);
}
