using System.Globalization;
using Boreal.Daemon.Connections;
using Boreal.Engine.Errors;

namespace Boreal.Daemon.Http;

/// <summary>What endpoints read from a request, with Docker's rules and error texts.</summary>
internal static class RequestExtensions
{
    /// <summary>The version in the path, or the newest.</summary>
    public static ApiVersion ApiVersion(this HttpContext context) => context.Routed().Version;

    /// <summary>The value of a placeholder in the route, decoded.</summary>
    public static string RouteValue(this HttpContext context, string placeholder) => context.Routed().Value(placeholder);

    /// <summary>
    /// Cancelled when the client has vanished or the daemon stops; a client that only finished sending is still there.
    /// For reads and streams. What changes state goes on without its client: pass it <see cref="CancellationToken.None"/>.
    /// </summary>
    public static CancellationToken Gone(this HttpContext context) => context.Connection().Gone;

    public static DoorConnection Connection(this HttpContext context) =>
        context.Features.Get<DoorConnection>() ?? throw new InvalidOperationException("the request did not come through the door");

    public static bool HasQuery(this HttpContext context, string name) => context.Request.Query.ContainsKey(name);

    /// <summary>The first value of a query parameter; empty when it is missing.</summary>
    public static string QueryText(this HttpContext context, string name)
    {
        var values = context.Request.Query[name];
        return values.Count == 0 ? "" : values[0] ?? "";
    }

    /// <summary>False for nothing, 0, no, false and none; anything else is true.</summary>
    public static bool QueryBool(this HttpContext context, string name) => IsTrue(context.QueryText(name));

    /// <summary>As <see cref="QueryBool(HttpContext, string)"/>, with an answer of its own for a missing parameter.</summary>
    public static bool QueryBool(this HttpContext context, string name, bool whenMissing) =>
        context.HasQuery(name) ? context.QueryBool(name) : whenMissing;

    /// <summary>Null when missing or empty; 400 with Docker's text when not a number.</summary>
    public static int? QueryInt(this HttpContext context, string name) =>
        Parse(context.QueryText(name), "Atoi", static (string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value));

    /// <summary>Null when missing or empty; 400 with Docker's text when not a number.</summary>
    public static long? QueryLong(this HttpContext context, string name) =>
        Parse(context.QueryText(name), "ParseInt", static (string text, out long value) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value));

    /// <summary>The <c>filters</c> parameter, in either of its forms.</summary>
    public static FilterSet QueryFilters(this HttpContext context) => FilterSet.Parse(context.QueryText("filters"));

    private delegate bool TryParse<T>(string text, out T value);

    private static T? Parse<T>(string text, string function, TryParse<T> parse) where T : struct
    {
        if (text.Length == 0)
            return null;
        return parse(text, out var value)
            ? value
            : throw new EngineException(ErrorKind.Invalid, $"strconv.{function}: parsing \"{text}\": invalid syntax");
    }

    private static bool IsTrue(string text) => text.Trim().ToLowerInvariant() is not ("" or "0" or "no" or "false" or "none");

    private static RoutedRequest Routed(this HttpContext context) =>
        context.Features.Get<RoutedRequest>() ?? throw new InvalidOperationException("the request was not routed");
}
