namespace Boreal.Engine.Images;

/// <summary>An image as remembered, by id.</summary>
internal sealed record ImageRecord
{
    /// <summary>The configuration document byte for byte.</summary>
    public required byte[] Config { get; init; }

    /// <summary>Full references, tags and digests.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    public DateTimeOffset? LastTagged { get; init; }

    public string? Parent { get; init; }
}
