using System.Collections.Frozen;
using Boreal.Engine.Errors;

namespace Boreal.Engine.Networks.Drivers;

/// <summary>The drivers there are, by name.</summary>
internal sealed class DriverSet(params INetworkDriver[] drivers)
{
    private readonly FrozenDictionary<string, INetworkDriver> _drivers = drivers.ToFrozenDictionary(driver => driver.Name);

    public INetworkDriver Absent { get; } = new AbsentDriver();

    /// <exception cref="EngineException">NotFound, Forbidden or NotImplemented: there can be no such network, or no other.</exception>
    public INetworkDriver Find(NetworkDefinition definition)
    {
        if (definition.IpamDriver is not ("default" or ""))
            throw new EngineException(ErrorKind.NotFound, $"plugin \"{definition.IpamDriver}\" not found");
        if (_drivers.TryGetValue(definition.Driver, out var driver)) return driver;
        throw definition.Driver switch
        {
            "host" or "null" => new EngineException(ErrorKind.Forbidden, $"only one instance of \"{definition.Driver}\" network is allowed"),
            "overlay" => new EngineException(ErrorKind.Forbidden,
                "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\" to connect this node to swarm and try again."),
            "ipvlan" => new EngineException(ErrorKind.NotImplemented, "operation not supported: this version of Boreal has no ipvlan driver, use macvlan"),
            _ => new EngineException(ErrorKind.NotFound, $"plugin \"{definition.Driver}\" not found"),
        };
    }
}
