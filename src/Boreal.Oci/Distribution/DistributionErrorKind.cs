namespace Boreal.Oci.Distribution;

/// <summary>What went wrong between us and a registry.</summary>
public enum DistributionErrorKind
{
    /// <summary>The registry does not know the repository, manifest or blob.</summary>
    NotFound,

    /// <summary>Nobody is logged in, or the credentials are wrong.</summary>
    Unauthorized,

    /// <summary>The registry knows who asks and says no.</summary>
    Denied,

    /// <summary>A rate limit is used up.</summary>
    TooManyRequests,

    /// <summary>The registry can't be reached, is slow or broken; another try later may succeed.</summary>
    Unavailable,

    /// <summary>The registry refuses the request as wrong, or its own answer is malformed.</summary>
    Invalid,

    /// <summary>Content does not have the digest or the size that names it.</summary>
    DigestMismatch,

    /// <summary>More bytes than any honest document has, or than the registry takes.</summary>
    TooLarge,

    /// <summary>The registry can't do this at all.</summary>
    Unsupported,
}
