namespace Boreal.Engine.Images;

/// <summary>One thing a removal did: a name taken away, or an image or layer chain deleted.</summary>
public sealed record ImageRemoval
{
    public string? Untagged { get; init; }

    public string? Deleted { get; init; }
}
