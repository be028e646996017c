namespace Boreal.Oci.Distribution.Uploads;

/// <summary>An upload under way at the registry: where it goes on, and how many bytes are there.</summary>
internal sealed record UploadSession(string Location, long Received)
{
    /// <summary>Parts other than the last must not be smaller.</summary>
    public long SmallestPart { get; init; }

    public string ClosingLocation(string digest) =>
        $"{Location}{(Location.Contains('?', StringComparison.Ordinal) ? '&' : '?')}digest={Uri.EscapeDataString(digest)}";
}
