using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Boreal.Engine.Errors;

namespace Boreal.Daemon.Http;

/// <summary>A request's JSON body with Docker's rules: the content type counts, one value and nothing after it, an empty body may be fine.</summary>
internal static class JsonBody
{
    private const int LargestBody = 64 * 1024 * 1024;
    private const string Empty = "invalid JSON: got EOF while reading request body";

    /// <summary>The body; 400 when there is none.</summary>
    public static async Task<T> ReadJsonAsync<T>(this HttpContext context, JsonTypeInfo<T> type) where T : class =>
        await context.ReadOptionalJsonAsync(type) ?? throw Invalid(Empty);

    /// <summary>The body, or null when there is none or it is <c>null</c>.</summary>
    public static async Task<T?> ReadOptionalJsonAsync<T>(this HttpContext context, JsonTypeInfo<T> type) where T : class
    {
        var request = context.Request;
        // Not to be asked of the body: that of an upgrade without one never ends.
        if (!HasBody(request))
        {
            if (!string.IsNullOrEmpty(request.ContentType))
                CheckContentType(request.ContentType);
            return null;
        }
        CheckContentType(request.ContentType ?? "");
        using var body = new MemoryStream((int)Math.Clamp(request.ContentLength ?? 4096, 0, 1 << 20));
        await CopyAsync(request.Body, body);
        return Parse(body.GetBuffer().AsSpan(0, (int)body.Length), type);
    }

    /// <summary>Whether the head announces a body.</summary>
    public static bool HasBody(HttpRequest request) =>
        request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0;

    internal static T? Parse<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> type) where T : class
    {
        if (body.TrimStart(" \t\r\n"u8).IsEmpty)
            throw Invalid(Empty);
        try
        {
            var length = LengthOfFirstValue(body);
            var value = JsonSerializer.Deserialize(body[..length], type);
            return body[length..].TrimStart(" \t\r\n"u8).IsEmpty ? value : throw Invalid("unexpected content after JSON");
        }
        catch (JsonException e)
        {
            throw new EngineException(ErrorKind.Invalid, $"invalid JSON: {Describe(e)}", e);
        }
    }

    private static int LengthOfFirstValue(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true }));
        if (reader.Read() && reader.TrySkip())
            return (int)reader.BytesConsumed;
        // A bare number ends only where the text does.
        return reader.TokenType is JsonTokenType.None && (char.IsAsciiDigit((char)body[0]) || body[0] == (byte)'-')
            ? body.Length
            : throw Invalid("invalid JSON: unexpected EOF");
    }

    private static async Task CopyAsync(Stream source, MemoryStream target)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            for (int read; (read = await source.ReadAsync(buffer)) > 0;)
            {
                if (target.Length + read > LargestBody)
                    throw Invalid($"the JSON body is larger than {LargestBody} bytes");
                target.Write(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void CheckContentType(string contentType)
    {
        var end = contentType.IndexOf(';');
        var media = (end < 0 ? contentType : contentType[..end]).Trim();
        if (!media.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            throw Invalid($"unsupported Content-Type header ({contentType}): must be 'application/json'");
    }

    private static string Describe(JsonException e)
    {
        // The runtime's text ends in a position that means nothing for a one-line body.
        var end = e.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        var reason = (end < 0 ? e.Message : e.Message[..end]).TrimEnd('.');
        return e.Path is null or "$" ? reason : $"{reason} (at {e.Path})";
    }

    private static EngineException Invalid(string message) => new(ErrorKind.Invalid, message);
}
