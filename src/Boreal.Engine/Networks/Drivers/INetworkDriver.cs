namespace Boreal.Engine.Networks.Drivers;

/// <summary>A kind of network: what its options mean, and what there is of it in the kernel. Every step can be done again.</summary>
internal interface INetworkDriver
{
    string Name { get; }

    /// <summary>The definition with what the host has of it already; <paramref name="others"/> are the networks there are.</summary>
    /// <exception cref="Errors.EngineException">Why there can be no such network, in Docker's words.</exception>
    NetworkDefinition Prepare(NetworkDefinition definition, IEnumerable<Network> others);

    /// <summary>Makes the network's part on the host, or takes it over as it is.</summary>
    void Raise(Network network);

    /// <summary>Takes the network's part on the host away; no error when there is none.</summary>
    void Lower(Network network);

    /// <summary>Makes a link from the network into a namespace.</summary>
    void Connect(Network network, EndpointLink link);

    /// <summary>The gateways a container gets: empty where there is no way out.</summary>
    (string IPv4, string IPv6) Gateways(Network network);
}
