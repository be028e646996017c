using Boreal.Api.Containers;
using Boreal.Compose.Requests;

namespace Boreal.Cli.Commands.Compose;

/// <summary>Containers by what their labels say their services depend on.</summary>
internal static class ContainerLayers
{
    /// <summary>Containers whose services don't wait for each other, in an order in which they can be started.</summary>
    public static IReadOnlyList<IReadOnlyList<ContainerSummary>> Of(IReadOnlyList<ContainerSummary> containers, bool isReversed)
    {
        var depths = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var container in containers) Depth(ProjectContainers.ServiceOf(container), []);
        var layers = containers.GroupBy(container => depths[ProjectContainers.ServiceOf(container)]).OrderBy(group => group.Key).Select(group => group.ToList()).ToList();
        if (isReversed) layers.Reverse();
        return layers;

        int Depth(string service, HashSet<string> above)
        {
            if (depths.TryGetValue(service, out var known)) return known;
            if (!above.Add(service)) return 0;
            var first = containers.FirstOrDefault(container => ProjectContainers.ServiceOf(container) == service);
            var needs = (first?.Labels?.GetValueOrDefault(ComposeLabels.Dependencies) ?? "").Split(',').Select(item => item.Split(':')[0]).Where(name => name.Length > 0);
            return depths[service] = needs.Select(name => Depth(name, above) + 1).DefaultIfEmpty(0).Max();
        }
    }
}
