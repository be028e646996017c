namespace Boreal.Tests.Unit.Orchestrator.Rig;

/// <summary>The life of one process. It can be made to end at a certain act, done or not; no act follows its end.</summary>
internal sealed class Lifetime
{
    private readonly Lock _lock = new();
    private int _left = int.MaxValue;
    private bool _isDone;

    public bool IsOver { get; private set; }

    /// <summary>Acts so far.</summary>
    public int Acts { get; private set; }

    /// <summary>Ends it at an act.</summary>
    /// <param name="act">1: the next one.</param>
    /// <param name="isDone">That act is still done, and nobody hears of it.</param>
    public void EndAt(int act, bool isDone)
    {
        lock (_lock)
            (_left, _isDone) = (act, isDone);
    }

    /// <summary>An act of the process: a write, or a verb of the machine.</summary>
    public async Task<T> ActAsync<T>(Func<Task<T>> act)
    {
        var isLast = Count();
        if (isLast && !_isDone)
            throw Over();
        var done = await act();
        return isLast ? throw Over() : done;
    }

    /// <inheritdoc cref="ActAsync{T}"/>
    public Task ActAsync(Func<Task> act) => ActAsync(async () =>
    {
        await act();
        return true;
    });

    private static OperationCanceledException Over() => new("the process is gone");

    private bool Count()
    {
        lock (_lock)
        {
            if (IsOver)
                throw Over();
            Acts++;
            IsOver = --_left == 0;
            return IsOver;
        }
    }
}
