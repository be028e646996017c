using Boreal.Engine.Errors;

namespace Boreal.Engine.Networks;

/// <summary>Network -> nothing: (1) nobody may come any more, (2) kernel, (3) record and announce. Killed on the way, the network is whole again at the next start.</summary>
public sealed class NetworkRemover(NetworkRegistry registry, NetworkSandboxes sandboxes, NetworkEvents events)
{
    /// <exception cref="EngineException">Forbidden: it is predefined, or in use.</exception>
    public async Task RemoveAsync(Network network) => await Task.Run(() => Remove(network));

    private void Remove(Network network)
    {
        if (network.Definition.IsPredefined)
            throw new EngineException(ErrorKind.Forbidden, $"{network.Name} is a pre-defined network and cannot be removed");
        if (network.Definition.IsConfigOnly && registry.List().Any(other => other.Definition.ConfigFrom == network.Name))
            throw new EngineException(ErrorKind.Forbidden, $"error while removing network: configuration network \"{network.Name}\" is in use");
        if (!network.TryClose(out var isGone))                                                            // (1)
        {
            throw isGone
                ? Network.NotFound(network.Name)
                : new EngineException(ErrorKind.Forbidden, $"error while removing network: network {network.Name} id {network.Id} has active endpoints");
        }

        try
        {
            sandboxes.Started.Lower(network)   ;                                                          // (2)
        }
        catch
        {
            network.Reopen();
            throw;
        }

        registry.Forget(network.Definition);                                                              // (3)
        events.Publish(network, "destroy");
    }
}
