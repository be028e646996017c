using Boreal.Api.Apps;

namespace Boreal.Compose.Planning;

/// <summary>What the engine has of a project, as it was seen at one moment.</summary>
internal sealed record ObservedState
{
    /// <summary>Labels of all networks by name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Networks { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>Labels of all volumes by name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Volumes { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>The ids of the images the project uses, by the names it uses, as far as the engine has them.</summary>
    public IReadOnlyDictionary<string, string> Images { get; init; } = new Dictionary<string, string>();

    /// <summary>What the orchestrator was asked for so far, by service.</summary>
    public IReadOnlyDictionary<string, ServiceSpec> Services { get; init; } = new Dictionary<string, ServiceSpec>();

    /// <summary>Services of the project's containers, as their labels tell.</summary>
    public IReadOnlySet<string> ServicesOfContainers { get; init; } = new HashSet<string>();
}
