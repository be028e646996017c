using Boreal.Engine.Containers;
using Boreal.Engine.Events;

namespace Boreal.Engine.Networks;

/// <summary>Announces what happens to networks.</summary>
public sealed class NetworkEvents(EventLog log)
{
    public void Publish(Network network, string action) => log.Publish("network", action, network.Id, new Dictionary<string, string>
    {
        ["name"] = network.Name,
        ["type"] = network.Definition.Driver,
    });

    /// <summary>A prune has ended.</summary>
    public void PublishPrune() => log.Publish("network", "prune", "", new Dictionary<string, string> { ["reclaimed"] = "0" });

    /// <summary><c>connect</c> or <c>disconnect</c>.</summary>
    public void Publish(EndpointStatus endpoint, ContainerId container, string action) => log.Publish("network", action, endpoint.NetworkId, new Dictionary<string, string>
    {
        ["container"] = container.Value,
        ["name"] = endpoint.Network,
        ["type"] = endpoint.Driver,
    });
}
