namespace Boreal.Oci.Distribution;

/// <summary>
/// A registry could not be used. The message is for people and reads as Docker's own does
/// (<c>manifest unknown: manifest unknown</c>, <c>Get "https://host/v2/": dial tcp ...</c>).
/// </summary>
public sealed class DistributionException(DistributionErrorKind kind, string message, Exception? cause = null) : Exception(message, cause)
{
    public DistributionErrorKind Kind { get; } = kind;

    /// <summary>The registry's own code, for example <c>MANIFEST_UNKNOWN</c>; null when it gave none.</summary>
    public string? Code { get; init; }

    /// <summary>The HTTP status, 0 when there was no answer.</summary>
    public int Status { get; init; }

    /// <summary>How long the registry asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public RateLimit? RateLimit { get; init; }

    /// <summary>The host could not be talked to at all: no address, no connection, no TLS, no answer in time.</summary>
    public bool IsUnreachable => Kind == DistributionErrorKind.Unavailable && Status == 0;
}
