namespace Boreal.Api.Node;

/// <summary>How registries are reached.</summary>
public sealed record InfoRegistries
{
    public IReadOnlyList<string>? AllowNondistributableArtifactsCIDRs { get; init; }

    public IReadOnlyList<string>? AllowNondistributableArtifactsHostnames { get; init; }

    public IReadOnlyList<string>? InsecureRegistryCIDRs { get; init; }

    public IReadOnlyDictionary<string, InfoRegistry>? IndexConfigs { get; init; }

    public IReadOnlyList<string>? Mirrors { get; init; }
}
