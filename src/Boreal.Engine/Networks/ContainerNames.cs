using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Networks;

/// <summary>What a container is called on a network of the user's.</summary>
public static class ContainerNames
{
    /// <summary>Its name, its aliases there, its short id and its host name, each once.</summary>
    public static IReadOnlyList<string> On(EndpointSpec endpoint, SandboxRequest container) =>
        [.. ((string[])[container.Name, .. endpoint.Aliases ?? [], container.Id.Short, container.Hostname]).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];
}
