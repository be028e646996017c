namespace Boreal.Build.Builds;

/// <summary>What is given back when a build is over, newest first.</summary>
internal sealed class BuildHoldings : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Stack<Action> _releases = new();
    private bool _isOver;

    /// <exception cref="OperationCanceledException">The build is over; what was to be held is released.</exception>
    public void Add(Action release)
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                _releases.Push(release);
                return;
            }
        }

        release();
        throw new OperationCanceledException("the build is over");
    }

    public void Dispose()
    {
        lock (_lock)
            _isOver = true;
        while (_releases.TryPop(out var release))
            release();
    }
}
