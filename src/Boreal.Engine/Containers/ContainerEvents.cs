using Boreal.Engine.Events;

namespace Boreal.Engine.Containers;

/// <summary>Announces what happens to containers, with the attributes Docker gives: labels, image, name and what the action adds.</summary>
public sealed class ContainerEvents(EventLog log)
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
}
