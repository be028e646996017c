using System.Threading.Channels;

namespace Boreal.Engine.Events;

/// <summary>One listener. <see cref="Live"/> completes when disposed or when the listener fell too far behind.</summary>
public sealed class EventSubscription(IReadOnlyList<EngineEvent> past, ChannelReader<EngineEvent> live, Action end) : IDisposable
{
    /// <summary>Events from before the subscription, oldest first.</summary>
    public IReadOnlyList<EngineEvent> Past { get; } = past;

    /// <summary>Events since the subscription.</summary>
    public ChannelReader<EngineEvent> Live { get; } = live;

    public void Dispose() => end();
}
