namespace Boreal.Registry.Metrics;

/// <summary>A feature of a request: how many bytes of its body were taken, where the body does not say how long it is.</summary>
internal sealed class ReceivedBytes
{
    public long Count { get; private set; }

    public void Add(long count) => Count += count;
}
