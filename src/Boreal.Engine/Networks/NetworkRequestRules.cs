using Boreal.Engine.Errors;

namespace Boreal.Engine.Networks;

/// <summary>What no network may be, whatever its driver, in Docker's words.</summary>
internal static class NetworkRequestRules
{
    /// <exception cref="EngineException">Invalid or Forbidden.</exception>
    public static void Check(NetworkDefinition asked)
    {
        if (string.IsNullOrWhiteSpace(asked.Name)) throw new EngineException(ErrorKind.Invalid, $"invalid name: {asked.Name}");
        if (PredefinedNetworks.Names.Contains(asked.Name) || asked.Name == "default")
            throw Forbidden($"operation is not permitted on predefined {asked.Name} network ");
        if (asked.Scope == "swarm") throw Forbidden("cannot create a swarm scoped network when swarm is not active");
        if (asked.IsIngress) throw Forbidden("Ingress network can only be global scope network");
        if (!asked.EnableIPv4 && !asked.EnableIPv6 && !asked.IsConfigOnly)
            throw new EngineException(ErrorKind.Invalid, "IPv4 or IPv6 must be enabled");
        if (!asked.IsConfigOnly) return;
        if (asked.ConfigFrom.Length > 0) throw Forbidden("a configuration network cannot depend on another configuration network");
        if (asked.IsInternal || asked.IsAttachable || asked.IsIngress)
        {
            throw Forbidden("configuration network can only contain network specific fields. "
                + "Network operator fields like [ ingress | internal | attachable | scope ] are not supported.");
        }
    }

    /// <summary>The request with what the description it names says.</summary>
    /// <exception cref="EngineException">NotFound: there is no such description. Forbidden: the request says more than its name.</exception>
    public static NetworkDefinition Merge(NetworkDefinition asked, NetworkRegistry registry)
    {
        if (asked.ConfigFrom.Length == 0) return asked;
        if (registry.TryFind(asked.ConfigFrom) is not { Definition: { IsConfigOnly: true } description })
            throw new EngineException(ErrorKind.NotFound, $"configuration network \"{asked.ConfigFrom}\" does not exist");
        if (asked.Pools.Count > 0 || asked.EnableIPv6 || asked.Labels.Count > 0)
            throw Forbidden("user specified configurations are not supported if the network depends on a configuration network");
        if (asked.Options.Count > 0)
            throw Forbidden("network driver options are not supported if the network depends on a configuration network");
        return asked with
        {
            ConfigFrom = description.Name,
            EnableIPv4 = description.EnableIPv4,
            EnableIPv6 = description.EnableIPv6,
            IpamDriver = description.IpamDriver,
            IpamOptions = description.IpamOptions,
            Pools = description.Pools,
            Options = description.Options,
            Labels = description.Labels,
        };
    }

    private static EngineException Forbidden(string message) => new(ErrorKind.Forbidden, message);
}
