using System.Globalization;
using System.Net;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>Reads how much a registry lets its caller do.</summary>
internal static class RateLimits
{
    public static RateLimit? Of(HttpResponseMessage response)
    {
        if (!TryRead(response, "RateLimit-Limit", out var limit, out var window))
            return null;
        int? remaining = TryRead(response, "RateLimit-Remaining", out var left, out _) ? left : null;
        return new RateLimit(limit, remaining, window);
    }

    public static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider clock) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > clock.GetUtcNow() ? date - clock.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    /// <summary>What a person wants to know beside the registry's own words.</summary>
    public static string Explain(HttpStatusCode status, RateLimit? limit)
    {
        if (status != HttpStatusCode.TooManyRequests || limit is null)
            return "";
        var span = limit.Window is { } window ? $" per {(window.TotalHours >= 1 ? $"{window.TotalHours:0.#} h" : $"{window.TotalSeconds:0} s")}" : "";
        return $" (the registry allows {limit.Limit} pulls{span}, {limit.Remaining ?? 0} left)";
    }

    // "100;w=21600": a count and the seconds it is for.
    private static bool TryRead(HttpResponseMessage response, string name, out int count, out TimeSpan? window)
    {
        (count, window) = (0, null);
        if (!response.Headers.NonValidated.TryGetValues(name, out var values))
            return false;
        var parts = values.ToString().Split(';', StringSplitOptions.TrimEntries);
        foreach (var part in parts.Skip(1))
        {
            if (part.StartsWith("w=", StringComparison.Ordinal) && int.TryParse(part.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                window = TimeSpan.FromSeconds(seconds);
        }
        return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }
}
