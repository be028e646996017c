using Boreal.Oci.Images;

namespace Boreal.Engine.Images;

/// <summary>What to make of a container's file system.</summary>
public sealed record CommitRequest
{
    public string? Reference { get; init; }

    public string Author { get; init; } = "";

    public string Comment { get; init; } = "";

    /// <summary>Dockerfile lines applied to the configuration.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>The new image's configuration; null takes the container's.</summary>
    public RunConfig? Config { get; init; }
}
