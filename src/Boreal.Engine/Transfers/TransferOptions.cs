namespace Boreal.Engine.Transfers;

/// <summary>How much goes on at a time, over all pulls and all pushes.</summary>
public sealed record TransferOptions
{
    public int ConcurrentDownloads { get; init; } = 3;

    public int ConcurrentUploads { get; init; } = 5;
}
