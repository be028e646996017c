namespace Boreal.Engine.Containers.Spec;

/// <summary>
/// What was asked of a container, image defaults merged in and Docker's defaults filled in. Immutable and persisted;
/// rename and update replace it. Lists are null where the client sent none: inspect echoes the difference.
/// </summary>
public sealed record ContainerSpec
{
    public required ContainerId Id { get; init; }

    /// <summary>Unique on this engine, without Docker's leading slash.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The image's config digest (<c>sha256:...</c>) the root file system comes from.</summary>
    public required string ImageId { get; init; }

    /// <summary>The image as the client named it.</summary>
    public required string ImageName { get; init; }

    public required ProcessSpec Process { get; init; }

    public required ResourceSpec Resources { get; init; }

    public required SecuritySpec Security { get; init; }

    public required NamespaceSpec Namespaces { get; init; }

    public required NetworkSpec Network { get; init; }

    public required StorageSpec Storage { get; init; }

    public required LogSpec Log { get; init; }

    public required RestartSpec Restart { get; init; }

    public HealthSpec? Health { get; init; }

    public bool AutoRemove { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>The OCI runtime's configured name, for example <c>crun</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>A file the client wrote the id to; only echoed.</summary>
    public string ContainerIdFile { get; init; } = "";
}
