using System.Collections.Concurrent;

namespace Boreal.Orchestrator.Tasks;

/// <summary>
/// Containers that a person stopped, from the event that says so until they run again. Only the event tells such a stop from a
/// process that ended; one that is missed because this process ended too is taken for the latter, and the slot is filled again.
/// </summary>
internal sealed class StoppedByHand
{
    private readonly ConcurrentDictionary<string, bool> _stopped = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _ours = new(StringComparer.Ordinal);

    /// <summary>The next stop of this container is the orchestrator's own.</summary>
    public void ExpectOwn(string container) => _ours[container] = true;

    /// <summary>It did not come to that stop.</summary>
    public void ExpectNoMore(string container) => _ours.TryRemove(container, out _);

    /// <summary>A stop was heard of.</summary>
    public void Hear(string container)
    {
        if (!_ours.TryRemove(container, out _))
            _stopped[container] = true;
    }

    /// <summary>It runs again, or is gone. What is expected stays: this may be the word of a start from long before.</summary>
    public void Forget(string container) => _stopped.TryRemove(container, out _);

    public bool Has(string container) => _stopped.ContainsKey(container);
}
