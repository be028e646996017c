namespace Boreal.Engine.Images;

/// <summary>What to make of an imported tree.</summary>
public sealed record ImageImport
{
    /// <summary>The name for the new image, full or short; null for none.</summary>
    public string? Reference { get; init; }

    public string Message { get; init; } = "";

    /// <summary>Dockerfile lines applied to the configuration.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary><c>os/arch[/variant]</c>; empty for this machine's.</summary>
    public string Platform { get; init; } = "";
}
