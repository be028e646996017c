using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Boreal.Daemon.Http;

/// <summary>What endpoints answer with.</summary>
internal static class AnswerExtensions
{
    // Docker's JSON leaves < > & as they are.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>One JSON document with a Content-Length, ended by a line feed as Docker's.</summary>
    public static async Task AnswerJsonAsync<T>(this HttpContext context, T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        WriteJsonLine(body, value, type);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.Body.WriteAsync(body.WrittenMemory);
    }

    /// <summary>A status without a body: 204, 304.</summary>
    public static Task AnswerAsync(this HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>Docker's form of every failure.</summary>
    public static Task AnswerErrorAsync(this HttpContext context, int status, string message) =>
        context.AnswerJsonAsync(new ErrorAnswer(message), DoorJsonContext.Default.ErrorAnswer, status);

    /// <summary>Sends the head of a streamed answer now, so that a client knows it is being served before there is data.</summary>
    public static async Task StartStreamAsync(this HttpContext context, string contentType, CancellationToken cancellationToken)
    {
        context.Response.ContentType = contentType;
        await context.Response.StartAsync(cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }

    /// <summary>One JSON document and a line feed into a stream begun by <see cref="StartStreamAsync"/>, sent at once.</summary>
    public static async Task SendJsonLineAsync<T>(this HttpContext context, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        WriteJsonLine(context.Response.BodyWriter, value, type);
        await context.Response.BodyWriter.FlushAsync(cancellationToken);
    }

    private static void WriteJsonLine<T>(IBufferWriter<byte> output, T value, JsonTypeInfo<T> type)
    {
        using (var writer = new Utf8JsonWriter(output, WriterOptions))
            JsonSerializer.Serialize(writer, value, type);
        output.Write("\n"u8);
    }
}
