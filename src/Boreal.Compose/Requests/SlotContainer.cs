using System.Globalization;
using Boreal.Api.Apps;
using Boreal.Api.Containers;

namespace Boreal.Compose.Requests;

/// <summary>One container of a service as stock compose makes it, for those that the orchestrator doesn't make.</summary>
internal static class SlotContainer
{
    public static string NameOf(string project, ServiceSpec spec, int slot) =>
        spec.ContainerName ?? string.Create(CultureInfo.InvariantCulture, $"{project}{spec.NameSeparator}{spec.Name}{spec.NameSeparator}{slot}");

    public static ContainerCreateRequest Of(ServiceSpec spec, string name, int slot)
    {
        var (template, host) = (spec.Template, spec.Template.HostConfig ?? new HostConfig());
        var labels = new SortedDictionary<string, string>(template.Labels?.ToDictionary() ?? [], StringComparer.Ordinal)
        {
            [ComposeLabels.ContainerNumber] = slot.ToString(CultureInfo.InvariantCulture),
        };
        var bindings = spec.Ports.GroupBy(port => $"{port.Target}/{port.Protocol}").ToDictionary(
            group => group.Key,
            group => (IReadOnlyList<PortBinding>?)[.. group.Select(port => new PortBinding { HostIp = port.HostIp, HostPort = port.Published })],
            StringComparer.Ordinal);
        return template with
        {
            Labels = labels,
            HostConfig = host with { PortBindings = bindings },
            NetworkingConfig = template.NetworkingConfig?.EndpointsConfig is { } endpoints
                ? new NetworkingConfig { EndpointsConfig = endpoints.ToDictionary(pair => pair.Key, pair => (EndpointSettings?)Named(pair.Value ?? new EndpointSettings(), name), StringComparer.Ordinal) }
                : null,
        };
    }

    private static EndpointSettings Named(EndpointSettings endpoint, string name) =>
        endpoint with { Aliases = [name, .. (endpoint.Aliases ?? []).Where(alias => alias != name)] };
}
