namespace Boreal.Client.Images;

/// <summary>How a root file system becomes an image.</summary>
public sealed record ImportQuery
{
    /// <summary>A URL, or <c>-</c> for the uploaded content.</summary>
    public required string Source { get; init; }

    public string Repository { get; init; } = "";

    public string Tag { get; init; } = "";

    public string Message { get; init; } = "";

    public string? Platform { get; init; }

    public IReadOnlyList<string> Changes { get; init; } = [];
}
