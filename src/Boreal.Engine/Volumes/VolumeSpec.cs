using System.Text.Json.Serialization;
using Boreal.Engine.Containers;

namespace Boreal.Engine.Volumes;

/// <summary>What was asked of a volume. Immutable and persisted.</summary>
public sealed record VolumeSpec
{
    /// <summary>The label that tells a volume nobody named.</summary>
    public const string AnonymousLabel = "com.docker.volume.anonymous";

    /// <summary>Unique on this engine: it names the folder too.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset Created { get; init; }

    public string Driver { get; init; } = VolumeRequest.LocalDriver;

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Options of the local driver: what to mount in the volume's place; none for a plain folder.</summary>
    public IReadOnlyDictionary<string, string>? Options { get; init; }

    /// <summary>The container whose creation made this volume, until that container is recorded: without it the volume is nobody's.</summary>
    public ContainerId? MadeFor { get; init; }

    [JsonIgnore]
    public bool IsAnonymous => Labels?.ContainsKey(AnonymousLabel) ?? false;
}
