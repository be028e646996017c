namespace Boreal.Api.Apps;

/// <summary>The requests of a service, as the ingress sees them.</summary>
public sealed record TrafficUsage
{
    /// <summary>Those that came.</summary>
    public long Requests { get; set; }

    public long InFlight { get; set; }

    /// <summary>Those answered with a status of 500 or above.</summary>
    public long Failed { get; set; }

    /// <summary>Until answers began: buckets that are not empty, ascending.</summary>
    public IReadOnlyList<ResponseTimeBucket> ResponseTimes { get; set; } = [];
}
