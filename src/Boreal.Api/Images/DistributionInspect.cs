namespace Boreal.Api.Images;

/// <summary>The answer of <c>GET /distribution/{name}/json</c>: what a registry has under a name.</summary>
public sealed record DistributionInspect
{
    public required ContentDescriptor Descriptor { get; init; }

    public required IReadOnlyList<ImagePlatform> Platforms { get; init; }
}
