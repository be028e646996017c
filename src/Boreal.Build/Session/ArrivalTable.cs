using System.Diagnostics.CodeAnalysis;

namespace Boreal.Build.Session;

/// <summary>Things by name, for askers that may come before them and then wait a little.</summary>
internal sealed class ArrivalTable<T>(TimeSpan patience, TimeProvider clock)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, T> _items = new(StringComparer.Ordinal);
    private TaskCompletionSource _arrived = NewSignal();

    /// <summary>False when there is one of that name.</summary>
    public bool TryAdd(string name, T item)
    {
        TaskCompletionSource arrived;
        lock (_lock)
        {
            if (!_items.TryAdd(name, item))
                return false;
            arrived = _arrived;
            _arrived = NewSignal();
        }
        arrived.TrySetResult();
        return true;
    }

    public void Remove(string name)
    {
        lock (_lock)
            _items.Remove(name);
    }

    public IReadOnlyList<T> List()
    {
        lock (_lock)
            return [.. _items.Values];
    }

    /// <summary>Null when it does not come in time.</summary>
    public async Task<T?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (TryGet(name, out var item, out var arrived))
            return item;
        using var limit = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            do
                await arrived.WaitAsync(either.Token);
            while (!TryGet(name, out item, out arrived));
            return item;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private bool TryGet(string name, [NotNullWhen(true)] out T? item, out Task arrived)
    {
        lock (_lock)
        {
            arrived = _arrived.Task;
            return _items.TryGetValue(name, out item);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
