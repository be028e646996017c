using Boreal.Engine.Errors;

namespace Boreal.Engine.Networks;

/// <summary>Removes the networks nobody is on.</summary>
public sealed class NetworkPruner(NetworkRegistry registry, NetworkRemover remover, NetworkEvents events)
{
    /// <summary>The names of those removed.</summary>
    public async Task<IReadOnlyList<string>> PruneAsync(Predicate<NetworkDefinition> chosen)
    {
        var removed = new List<string>();
        foreach (var network in registry.List().Where(network => !network.Definition.IsPredefined && network.Members.Count == 0 && chosen(network.Definition)))
        {
            try
            {
                await remover.RemoveAsync(network);
                removed.Add(network.Name);
            }
            catch (EngineException exception) when (exception.Kind is ErrorKind.Forbidden or ErrorKind.NotFound)
            {
                // In use by now, or gone.
            }
        }

        events.PublishPrune();
        return removed;
    }
}
