using System.Threading.Channels;

namespace Boreal.Engine.Events;

/// <summary>The last 256 events and everybody who listens. Publishing never waits: a subscriber that falls behind is cut off.</summary>
public sealed class EventLog(TimeProvider time)
{
    private const int Remembered = 256;
    private const int SubscriberBacklog = 4096;

    private readonly Lock _lock = new();
    private readonly Queue<EngineEvent> _past = new(Remembered);
    private readonly List<Channel<EngineEvent>> _subscribers = [];
    private readonly Dictionary<(string Type, string Action), long> _counts = [];

    /// <summary>How many there were since the start, by type and action. What follows an action's name, as the command of <c>exec_start</c>, is left out.</summary>
    public IReadOnlyList<((string Type, string Action) Kind, long Count)> Counts
    {
        get
        {
            lock (_lock)
                return [.. _counts.Select(count => (count.Key, count.Value))];
        }
    }

    public void Publish(string type, string action, string actorId, IReadOnlyDictionary<string, string> attributes)
    {
        lock (_lock)
        {
            // The time is taken under the lock, so that the order of events is the order of their times.
            var happened = new EngineEvent(type, action, actorId, attributes, time.GetUtcNow());
            if (_past.Count == Remembered)
                _past.Dequeue();
            _past.Enqueue(happened);
            Count(type, action);
            _subscribers.RemoveAll(subscriber => !Offer(subscriber, happened));
        }
    }

    /// <summary>What is remembered now and, without a gap, what follows.</summary>
    public EventSubscription Subscribe()
    {
        var channel = Channel.CreateBounded<EngineEvent>(SubscriberBacklog);
        lock (_lock)
        {
            _subscribers.Add(channel);
            return new EventSubscription([.. _past], channel.Reader, () => Unsubscribe(channel));
        }
    }

    private void Count(string type, string action)
    {
        var colon = action.IndexOf(':');
        var kind = (type, colon < 0 ? action : action[..colon]);
        _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
    }

    private static bool Offer(Channel<EngineEvent> subscriber, EngineEvent happened)
    {
        if (subscriber.Writer.TryWrite(happened))
            return true;
        subscriber.Writer.TryComplete();
        return false;
    }

    private void Unsubscribe(Channel<EngineEvent> channel)
    {
        lock (_lock)
            _subscribers.Remove(channel);
        channel.Writer.TryComplete();
    }
}
