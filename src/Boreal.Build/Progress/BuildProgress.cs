using System.Runtime.CompilerServices;

namespace Boreal.Build.Progress;

/// <summary>
/// All that happened in one build, for whoever asks, also when they ask late: clients ask for the build and for its progress side by
/// side. Written by any number of steps at once.
/// </summary>
internal sealed class BuildProgress(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly List<ProgressEvent> _events = [];
    private TaskCompletionSource _changed = NewSignal();
    private bool _isComplete;

    internal TimeProvider Clock => clock;

    /// <summary>A step that is known from now on. Its id is a digest that is the same for the same step of another build.</summary>
    public BuildStep Announce(string id, string name, IReadOnlyList<string>? inputs = null, StepGroup? group = null) =>
        new(this, new ProgressEvent.StepChanged { Step = id, Name = name, Inputs = inputs ?? [], Group = group });

    /// <summary>A step that begins now.</summary>
    public BuildStep Start(string id, string name, IReadOnlyList<string>? inputs = null, StepGroup? group = null)
    {
        var step = Announce(id, name, inputs, group);
        step.Start();
        return step;
    }

    /// <summary>A warning about a step that may not be known here.</summary>
    public void Warn(string step, BuildWarning warning) => Add(new ProgressEvent.Warned(step, warning));

    /// <summary>Nothing more will happen.</summary>
    public void Complete()
    {
        lock (_lock)
            _isComplete = true;
        Wake();
    }

    /// <summary>Everything from the beginning, in batches of what there is; ends when the build has.</summary>
    public async IAsyncEnumerable<IReadOnlyList<ProgressEvent>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var read = 0;
        while (true)
        {
            List<ProgressEvent> batch;
            Task changed;
            lock (_lock)
            {
                batch = _events.GetRange(read, _events.Count - read);
                changed = _changed.Task;
                if (batch.Count == 0 && _isComplete)
                    yield break;
            }
            read += batch.Count;
            if (batch.Count > 0)
                yield return batch;
            else
                await changed.WaitAsync(cancellationToken);
        }
    }

    internal void Add(ProgressEvent happened)
    {
        lock (_lock)
        {
            if (_isComplete)
                return;
            _events.Add(happened);
        }
        Wake();
    }

    private void Wake()
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            changed = _changed;
            _changed = NewSignal();
        }
        changed.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
