namespace Boreal.Engine.Networks.Drivers;

/// <summary>Networks that there is nothing of in the kernel: host, none, and descriptions that others are made from.</summary>
internal sealed class AbsentDriver : INetworkDriver
{
    public string Name => "null";

    public NetworkDefinition Prepare(NetworkDefinition definition, IEnumerable<Network> others) => definition;

    public void Raise(Network network)
    {
        // There is nothing to make.
    }

    public void Lower(Network network)
    {
        // There is nothing to take away.
    }

    public void Connect(Network network, EndpointLink link) => throw new InvalidOperationException($"network {network.Name} has no links");

    public (string IPv4, string IPv6) Gateways(Network network) => ("", "");
}
