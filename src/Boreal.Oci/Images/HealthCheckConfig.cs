namespace Boreal.Oci.Images;

/// <summary>Docker's HEALTHCHECK in an image; times in nanoseconds, zero or absent means the default.</summary>
public sealed record HealthCheckConfig
{
    public IReadOnlyList<string>? Test { get; init; }

    public long Interval { get; init; }

    public long Timeout { get; init; }

    public long StartPeriod { get; init; }

    public long StartInterval { get; init; }

    public int Retries { get; init; }
}
