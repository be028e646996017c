using System.Text.Json;
using Boreal.BuildWire.Protocol.Control;
using Google.Protobuf.WellKnownTypes;

namespace Boreal.Cli.Building.Progress;

/// <summary>The daemon's news as JSON objects, one a line, with the names that BuildKit's clients use.</summary>
internal sealed class RawJsonDisplay(Stream output) : IBuildDisplay
{
    private readonly Lock _lock = new();

    public void Take(StatusResponse news)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteAll(json, "vertexes", news.Vertexes, WriteStep);
            WriteAll(json, "statuses", news.Statuses, WritePart);
            WriteAll(json, "logs", news.Logs, WriteLog);
            WriteAll(json, "warnings", news.Warnings, WriteWarning);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        lock (_lock) output.Write(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public void Complete(bool hasFailed)
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void WriteAll<T>(Utf8JsonWriter json, string name, IReadOnlyCollection<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.Count is 0) return;
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStep(Utf8JsonWriter json, Vertex step)
    {
        json.WriteString("digest", step.Digest);
        if (step.Inputs.Count > 0)
        {
            json.WriteStartArray("inputs");
            foreach (var input in step.Inputs) json.WriteStringValue(input);
            json.WriteEndArray();
        }

        json.WriteString("name", step.Name);
        WriteTime(json, "started", step.Started);
        WriteTime(json, "completed", step.Completed);
        if (step.Cached) json.WriteBoolean("cached", true);
        if (step.Error.Length > 0) json.WriteString("error", step.Error);
    }

    private static void WritePart(Utf8JsonWriter json, VertexStatus part)
    {
        json.WriteString("id", part.ID);
        json.WriteString("vertex", part.Vertex);
        if (part.Name.Length > 0) json.WriteString("name", part.Name);
        if (part.Total is not 0) json.WriteNumber("total", part.Total);
        json.WriteNumber("current", part.Current);
        WriteTime(json, "timestamp", part.Timestamp);
        WriteTime(json, "started", part.Started);
        WriteTime(json, "completed", part.Completed);
    }

    private static void WriteLog(Utf8JsonWriter json, VertexLog log)
    {
        json.WriteString("vertex", log.Vertex);
        json.WriteNumber("stream", log.Stream);
        json.WriteBase64String("data", log.Msg.Span);
        WriteTime(json, "timestamp", log.Timestamp);
    }

    private static void WriteWarning(Utf8JsonWriter json, VertexWarning warning)
    {
        json.WriteString("vertex", warning.Vertex);
        json.WriteNumber("level", warning.Level);
        json.WriteBase64String("short", warning.Short.Span);
        json.WriteStartArray("detail");
        foreach (var line in warning.Detail) json.WriteBase64StringValue(line.Span);
        json.WriteEndArray();
        if (warning.Url.Length > 0) json.WriteString("url", warning.Url);
        json.WriteStartArray("range");
        foreach (var range in warning.Ranges)
        {
            json.WriteStartObject();
            WritePosition(json, "start", range.Start);
            WritePosition(json, "end", range.End);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePosition(Utf8JsonWriter json, string name, BuildWire.Protocol.Types.Position? position)
    {
        json.WriteStartObject(name);
        json.WriteNumber("line", position?.Line ?? 0);
        json.WriteNumber("character", position?.Character ?? 0);
        json.WriteEndObject();
    }

    // Nanoseconds, which the platform's own times do not have.
    private static void WriteTime(Utf8JsonWriter json, string name, Timestamp? time)
    {
        if (time is not null) json.WriteString(name, time.ToDiagnosticString().Trim('"'));
    }
}
