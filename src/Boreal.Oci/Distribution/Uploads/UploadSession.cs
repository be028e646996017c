namespace Boreal.Oci.Distribution.Uploads;

/// <summary>An upload under way at the registry: where it goes on, and how many bytes are there.</summary>
internal sealed record UploadSession(string Location, long Received)
{
    public string ClosingLocation(string digest) =>
        $"{Location}{(Location.Contains('?', StringComparison.Ordinal) ? '&' : '?')}digest={Uri.EscapeDataString(digest)}";
}
