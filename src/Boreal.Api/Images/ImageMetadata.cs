namespace Boreal.Api.Images;

/// <summary>What this engine knows of an image beside its own document.</summary>
public sealed record ImageMetadata
{
    public string LastTagTime { get; init; } = "";
}
