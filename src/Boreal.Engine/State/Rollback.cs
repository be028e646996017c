namespace Boreal.Engine.State;

/// <summary>
/// What to undo when a multi-step operation fails, newest first. A failing undo never hides the first failure:
/// it is handed to <paramref name="onFailure"/> and the others still run.
/// </summary>
internal sealed class Rollback(Action<Exception> onFailure) : IAsyncDisposable
{
    private readonly Stack<Func<Task>> _steps = new();

    public void Push(Func<Task> undo) => _steps.Push(undo);

    /// <summary>Success: nothing is undone.</summary>
    public void Complete() => _steps.Clear();

    public async ValueTask DisposeAsync()
    {
        while (_steps.TryPop(out var undo))
        {
            try
            {
                await undo();
            }
            catch (Exception exception)
            {
                onFailure(exception);
            }
        }
    }
}
