using Boreal.Api.Apps;
using Boreal.Api.Containers;
using Boreal.Orchestrator.Services;

namespace Boreal.Orchestrator.Tasks;

/// <summary>From a service's template to the container of one slot.</summary>
internal static class TaskTemplate
{
    private static readonly string[] NamelessNetworks = ["bridge", "default", "host", "none"];

    /// <summary>What the slot's container is called in the end.</summary>
    public static string NameOf(ServiceView service, ServiceSpec spec, int slot) =>
        spec.ContainerName ?? string.Join(spec.NameSeparator, service.App, service.Name, slot);

    /// <summary>While an older container of the slot has the name.</summary>
    public static string InterimName(ServiceTask task, string name) => $"{task.Id[..Math.Min(12, task.Id.Length)]}_{name}";

    public static ContainerCreateRequest Build(ServiceView service, ServiceSpec spec, ServiceTask task)
    {
        var template = spec.Template;
        var host = template.HostConfig ?? new HostConfig();
        return template with
        {
            Labels = Labels(service, template.Labels, task),
            HostConfig = host with { RestartPolicy = new RestartPolicy { Name = "no" }, AutoRemove = false, PortBindings = Bindings(host, spec) },
            ExposedPorts = Exposed(template, spec),
            NetworkingConfig = WithName(template.NetworkingConfig, NameOf(service, spec, task.Slot)),
        };
    }

    private static Dictionary<string, string> Labels(ServiceView service, IReadOnlyDictionary<string, string>? given, ServiceTask task)
    {
        var labels = new Dictionary<string, string>(given ?? new Dictionary<string, string>(), StringComparer.Ordinal)
        {
            [TaskLabels.Project] = service.App,
            [TaskLabels.Service] = service.Name,
            [TaskLabels.Number] = $"{task.Slot}",
            [TaskLabels.OneOff] = "False",
            [TaskLabels.Balance] = service.Id,
        };
        labels.TryAdd(TaskLabels.ConfigHash, task.Hash);
        // A preview, to compare with what runs, is of no task.
        if (task.Id.Length > 0)
            labels[TaskLabels.Task] = task.Id;
        return labels;
    }

    private static Dictionary<string, IReadOnlyList<PortBinding>?>? Bindings(HostConfig host, ServiceSpec spec)
    {
        if (host.PortBindings is null && spec.Ports.Count == 0)
            return null;
        var bindings = (host.PortBindings ?? new Dictionary<string, IReadOnlyList<PortBinding>?>()).ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var port in spec.Ports)
        {
            var key = KeyOf(port);
            var published = port.Published is "0" ? "" : port.Published;
            bindings[key] = [.. bindings.GetValueOrDefault(key) ?? [], new PortBinding { HostIp = port.HostIp, HostPort = published }];
        }
        return bindings;
    }

    private static IReadOnlyDictionary<string, Api.Json.EmptyObject?>? Exposed(ContainerConfig template, ServiceSpec spec)
    {
        if (spec.Ports.Count == 0)
            return template.ExposedPorts;
        var exposed = (template.ExposedPorts ?? new Dictionary<string, Api.Json.EmptyObject?>()).ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var port in spec.Ports)
            exposed[KeyOf(port)] = Api.Json.EmptyObject.Instance;
        return exposed;
    }

    private static string KeyOf(ServicePort port) => $"{port.Target}/{port.Protocol}";

    private static NetworkingConfig? WithName(NetworkingConfig? networking, string name)
    {
        if (networking?.EndpointsConfig is not { Count: > 0 } endpoints)
            return networking;
        return networking with
        {
            EndpointsConfig = endpoints.ToDictionary(pair => pair.Key, pair => NamelessNetworks.Contains(pair.Key) ? pair.Value : WithName(pair.Value ?? new EndpointSettings(), name)),
        };
    }

    private static EndpointSettings WithName(EndpointSettings endpoint, string name) =>
        endpoint with { Aliases = [name, .. (endpoint.Aliases ?? []).Where(alias => alias != name)] };
}
