namespace Boreal.Build.Progress;

/// <summary>A part of a step: a transfer, a layer, a name given. Tells clients ten times a second at most.</summary>
internal sealed class BuildPart : IProgress<long>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly BuildProgress _progress;
    private ProgressEvent.PartChanged _state;
    private long _told;

    internal BuildPart(BuildProgress progress, ProgressEvent.PartChanged state)
    {
        _progress = progress;
        _state = state;
        _told = progress.Clock.GetTimestamp();
        progress.Add(state);
    }

    /// <summary>0 when it is not known.</summary>
    public long Total
    {
        get => _state.Total;
        set => _state = _state with { Total = value };
    }

    /// <summary>How far it is.</summary>
    public void Report(long value)
    {
        _state = _state with { Current = value };
        if (_progress.Clock.GetElapsedTime(_told) < Interval)
            return;
        _told = _progress.Clock.GetTimestamp();
        _progress.Add(_state with { Time = _progress.Clock.GetUtcNow() });
    }

    public void Complete()
    {
        var now = _progress.Clock.GetUtcNow();
        _progress.Add(_state = _state with { Time = now, Completed = now });
    }
}
