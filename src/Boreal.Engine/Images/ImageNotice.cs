namespace Boreal.Engine.Images;

/// <summary>News of a load: a line of text, or how far a layer is.</summary>
public sealed record ImageNotice
{
    /// <summary>A finished line, with its line feed.</summary>
    public string? Text { get; init; }

    public string LayerId { get; init; } = "";

    public long Current { get; init; }

    public long Total { get; init; }
}
