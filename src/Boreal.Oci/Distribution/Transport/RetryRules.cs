using System.Net;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>When it pays to ask again, and after how long.</summary>
internal sealed class RetryRules(RegistryClientOptions options, TimeProvider clock)
{
    private const int MostServerErrors = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Null when the answer is to be taken as it is.</summary>
    public TimeSpan? DelayAfter(HttpResponseMessage response, int attempt)
    {
        if (attempt >= options.Attempts)
            return null;
        switch (response.StatusCode)
        {
            case HttpStatusCode.TooManyRequests:
                // A used-up share comes back in hours: better said at once than waited for.
                if (RateLimits.Of(response) is { Remaining: 0 })
                    return null;
                var asked = RateLimits.RetryAfter(response, clock);
                return asked is null ? BackOff(attempt) : asked <= options.LongestRetryAfter ? asked : null;
            case HttpStatusCode.ServiceUnavailable when RateLimits.RetryAfter(response, clock) is { } wait:
                return wait <= options.LongestRetryAfter ? wait : null;
            case HttpStatusCode.RequestTimeout or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout:
                return attempt < MostServerErrors ? BackOff(attempt) : null;
            default:
                return null;
        }
    }

    public TimeSpan? DelayAfterFailure(int attempt) => attempt < options.Attempts ? BackOff(attempt) : null;

    public TimeSpan BackOff(int attempt)
    {
        var delay = options.RetryDelay * Math.Pow(2, Math.Min(attempt, 16) - 1);
        return delay < Longest ? delay : Longest;
    }
}
