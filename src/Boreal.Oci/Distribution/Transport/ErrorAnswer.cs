using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>Turns a refusal into an exception with the registry's own words, as Docker shows them.</summary>
internal static class ErrorAnswer
{
    private const int LongestBody = 64 * 1024;
    private const int LongestQuote = 1024;

    /// <summary>Reads and disposes the response.</summary>
    public static async Task<DistributionException> ReadAsync(HttpResponseMessage response, TimeProvider clock, CancellationToken cancellationToken)
    {
        using (response)
        {
            var status = (int)response.StatusCode;
            var body = status >= 400 ? await BodyAsync(response, clock, cancellationToken) : "";
            var (code, message) = status is >= 400 and < 500
                ? Explain(response.StatusCode, response.Content.Headers.ContentType, body)
                : (null, $"received unexpected HTTP status: {status} {response.ReasonPhrase}{ReasonIn(response.Content.Headers.ContentType, body)}");
            var limit = RateLimits.Of(response);
            return new DistributionException(KindOf(response.StatusCode, code), Printable(message) + RateLimits.Explain(response.StatusCode, limit))
            {
                Code = code,
                Status = status,
                RateLimit = limit,
                RetryAfter = RateLimits.RetryAfter(response, clock),
            };
        }
    }

    /// <summary>What a failed server has to say; Docker leaves it out, and a full disk would stay a riddle.</summary>
    private static string ReasonIn(MediaTypeHeaderValue? type, string body)
    {
        if (type?.MediaType is not "application/json") return "";
        try
        {
            return JsonSerializer.Deserialize(body, DistributionJson.Default.ErrorList)?.Errors is [var first, ..] ? $": {Shorten(first.ToString())}" : "";
        }
        catch (JsonException)
        {
            return ""; // The status alone has to do.
        }
    }

    private static (string? Code, string Message) Explain(HttpStatusCode status, MediaTypeHeaderValue? type, string body)
    {
        if (type?.MediaType is not ("application/json" or "application/vnd.api+json"))
            return ByStatus(status, body);
        ErrorList? list;
        try
        {
            list = JsonSerializer.Deserialize(body, DistributionJson.Default.ErrorList);
        }
        catch (JsonException exception)
        {
            if (status == HttpStatusCode.Unauthorized && body.Length == 0)
                return ("UNAUTHORIZED", "unauthorized: authentication required");
            var reason = body.Length == 0 ? "unexpected end of JSON input" : exception.Message;
            return (null, $"error parsing HTTP {(int)status} response body: {reason}: {Quote(body)}");
        }
        if (list?.Details is { Length: > 0 } details)
            return ByStatus(status, details);
        if (list?.Errors is not { Count: > 0 } errors)
        {
            return status == HttpStatusCode.Unauthorized
                ? ("UNAUTHORIZED", "unauthorized: authentication required")
                : (null, $"error parsing HTTP {(int)status} response body: no error details found in HTTP response body: {Quote(body)}");
        }
        return (errors[0].Code, errors[0].ToString());
    }

    private static (string? Code, string Message) ByStatus(HttpStatusCode status, string text)
    {
        var code = status switch
        {
            HttpStatusCode.Unauthorized => "UNAUTHORIZED",
            HttpStatusCode.Forbidden => "DENIED",
            HttpStatusCode.TooManyRequests => "TOOMANYREQUESTS",
            _ => "UNKNOWN",
        };
        return (code == "UNKNOWN" ? null : code, new ErrorEntry { Code = code, Message = Shorten(text.Trim()) }.ToString());
    }

    private static DistributionErrorKind KindOf(HttpStatusCode status, string? code) => (code, status) switch
    {
        ("TOOMANYREQUESTS", _) or (_, HttpStatusCode.TooManyRequests) => DistributionErrorKind.TooManyRequests,
        ("UNAUTHORIZED", _) or (_, HttpStatusCode.Unauthorized) => DistributionErrorKind.Unauthorized,
        ("DENIED", _) or (_, HttpStatusCode.Forbidden) => DistributionErrorKind.Denied,
        ("DIGEST_INVALID", _) => DistributionErrorKind.DigestMismatch,
        ("UNSUPPORTED", _) or (_, HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented) => DistributionErrorKind.Unsupported,
        (_, HttpStatusCode.NotFound) => DistributionErrorKind.NotFound,
        (_, HttpStatusCode.RequestEntityTooLarge) => DistributionErrorKind.TooLarge,
        (_, >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout) => DistributionErrorKind.Unavailable,
        _ => DistributionErrorKind.Invalid,
    };

    private static async Task<string> BodyAsync(HttpResponseMessage response, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            return Encoding.UTF8.GetString(await BoundedBody.ReadUpToAsync(response, LongestBody, clock, cancellationToken));
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            // The status alone says what matters.
            return "";
        }
    }

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(Shorten(text), System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    // It ends in people's terminals, which obey some characters.
    private static string Printable(string text) => new([.. text.Where(character => character == '\n' || !char.IsControl(character)).Take(2 * LongestQuote)]);

    private static string Shorten(string text) => text.Length <= LongestQuote ? text : text[..LongestQuote] + "...";
}
