using System.Text;

namespace Boreal.Build.Progress;

/// <summary>One step's life as clients see it.</summary>
internal sealed class BuildStep
{
    private const int LongestLog = 2 << 20;

    private readonly BuildProgress _progress;
    private readonly Lock _lock = new();
    private ProgressEvent.StepChanged _state;
    private int _logged;

    internal BuildStep(BuildProgress progress, ProgressEvent.StepChanged state)
    {
        _progress = progress;
        _state = state;
        progress.Add(state);
    }

    public string Id => _state.Step;

    public void Start() => Change(state => state with { Started = state.Started ?? Now });

    /// <summary>Done without work: its result was there.</summary>
    public void CompleteCached() => Change(state => state with { Started = state.Started ?? Now, Completed = Now, IsCached = true });

    public void Complete() => Change(state => state with { Started = state.Started ?? Now, Completed = Now });

    public void Fail(string error) => Change(state => state with { Started = state.Started ?? Now, Completed = Now, Error = error });

    /// <summary>What the step's program wrote. Past a limit it is said once that the rest is left out.</summary>
    public void Log(int stream, ReadOnlySpan<byte> text)
    {
        byte[] kept;
        lock (_lock)
        {
            if (_logged > LongestLog)
                return;
            kept = text[..Math.Min(text.Length, LongestLog - _logged)].ToArray();
            _logged += text.Length;
            if (_logged > LongestLog)
                kept = [.. kept, .. Encoding.UTF8.GetBytes($"\n[output clipped, log limit {LongestLog >> 20}MiB reached]\n")];
        }
        _progress.Add(new ProgressEvent.Logged(Id, stream, kept, Now));
    }

    public void Warn(BuildWarning warning) => _progress.Warn(Id, warning);

    /// <summary>A part of it that takes its own time.</summary>
    public BuildPart Begin(string part, string action = "") => new(_progress, new ProgressEvent.PartChanged
    {
        Step = Id,
        Part = part,
        Action = action,
        Time = Now,
        Started = Now,
    });

    private DateTimeOffset Now => _progress.Clock.GetUtcNow();

    private void Change(Func<ProgressEvent.StepChanged, ProgressEvent.StepChanged> change)
    {
        lock (_lock)
        {
            _state = change(_state);
            _progress.Add(_state);
        }
    }
}
