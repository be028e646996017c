using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Events;
using Boreal.Engine.Networks;

namespace Boreal.Engine.Containers;

/// <summary>Announces what happens to containers, with the attributes Docker gives: labels, image, name and what the action adds.</summary>
public sealed class ContainerEvents(EventLog log, NetworkEvents networks)
{
    public void Publish(Container container, string action, params ReadOnlySpan<(string Key, string Value)> extra)
    {
        var spec = container.Spec;
        var attributes = new Dictionary<string, string>(spec.Labels, StringComparer.Ordinal)
        {
            ["image"] = spec.ImageName,
            ["name"] = spec.Name,
        };
        foreach (var (key, value) in extra)
            attributes[key] = value;
        log.Publish("container", action, spec.Id.Value, attributes);
    }

    /// <summary><c>connect</c> or <c>disconnect</c> of every network it is on.</summary>
    public void PublishNetwork(Container container, string action, NetworkStatus network)
    {
        foreach (var endpoint in network.Endpoints)
            networks.Publish(endpoint, container.Id, action);
    }

    /// <summary>The volumes that a container has just got.</summary>
    public void PublishMounts(Container container)
    {
        foreach (var point in VolumesOf(container))
        {
            log.Publish("volume", "mount", point.Name, new Dictionary<string, string>
            {
                ["container"] = container.Id.Value,
                ["destination"] = point.Destination,
                ["driver"] = point.Driver,
                ["propagation"] = point.Propagation,
                ["read/write"] = point.Writable ? "true" : "false",
            });
        }
    }

    /// <summary>The volumes of a container whose process has ended.</summary>
    public void PublishUnmounts(Container container)
    {
        foreach (var point in VolumesOf(container))
            log.Publish("volume", "unmount", point.Name, new Dictionary<string, string> { ["container"] = container.Id.Value, ["driver"] = point.Driver });
    }

    private static IEnumerable<MountPoint> VolumesOf(Container container) =>
        container.Spec.Storage.MountPoints.Where(point => point.Type == "volume");
}
