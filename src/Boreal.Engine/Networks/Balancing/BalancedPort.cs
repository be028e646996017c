using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Networks.Balancing;

/// <summary>A port of the host that leads to a service, as asked for: an empty address is every address, number 0 any free one.</summary>
public sealed record BalancedPort(string HostAddress, ushort Number, PortSpec ContainerPort)
{
    /// <summary>Somebody else serves it, a proxy for example: it is taken, and nothing leads from it.</summary>
    public bool IsHosted { get; init; }

    internal PublishedPort Published => new(ContainerPort, HostAddress, Number == 0 ? "" : $"{Number}");
}
