using Boreal.Compose.Yaml;

namespace Boreal.Compose.Projects;

/// <summary>A loaded project.</summary>
internal sealed record Project
{
    public required string Name { get; init; }

    public required string WorkingDirectory { get; init; }

    /// <summary>Absolute paths, in the order they were merged.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The variables around the project.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The canonical tree with the enabled services, and only what they use.</summary>
    public required MappingNode Model { get; init; }

    /// <summary>Services whose profiles aren't enabled, and those that weren't asked for.</summary>
    public required MappingNode Disabled { get; init; }

    public MappingNode Services => Model.Mapping("services") ?? new MappingNode(Model.Position);
}
