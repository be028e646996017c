namespace Boreal.Engine.Transfers;

/// <summary>Counts a layer's bytes and tells of them now and then.</summary>
internal sealed class ProgressMeter(string id, string status, long total, Action<TransferNotice> tell, TimeProvider time)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private long _current;
    private long _told;
    private bool _begun;

    public void Add(long count) => Set(_current + count);

    public void Set(long current)
    {
        _current = current;
        var now = time.GetTimestamp();
        if (_begun && current < total && time.GetElapsedTime(_told, now) < Pace)
            return;
        (_begun, _told) = (true, now);
        tell(TransferNotice.Progress(id, status, current, total));
    }
}
