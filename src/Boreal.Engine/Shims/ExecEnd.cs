namespace Boreal.Engine.Shims;

/// <summary>An exec's exit code, told to the callback before those who wait.</summary>
internal sealed class ExecEnd(Action<int>? callback)
{
    /// <summary>The code of an exec that went down with its shim.</summary>
    internal const int Killed = 137;

    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _completed;

    internal Task<int> Exited => _exited.Task;

    internal void Complete(int code)
    {
        if (Interlocked.Exchange(ref _completed, 1) != 0) return;
        callback?.Invoke(code);
        _exited.SetResult(code);
    }
}
