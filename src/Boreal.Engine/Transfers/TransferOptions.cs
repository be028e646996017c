namespace Boreal.Engine.Transfers;

/// <summary>How much goes on at a time, over all pulls and all pushes.</summary>
public sealed record TransferOptions
{
    public int ConcurrentDownloads { get; init; } = 3;

    public int ConcurrentUploads { get; init; } = 5;

    /// <summary>
    /// An honest layer may be all zeros, which gzip makes a thousand times smaller. Up to so many bytes that is taken; larger
    /// ones must be less empty.
    /// </summary>
    public long LargestEmptyLayer { get; init; } = 4L << 30;
}
