using Boreal.Oci.Content;

namespace Boreal.Engine.Transfers;

/// <summary>One layer on its way in. It goes on as long as somebody watches; who comes late is told how far it is.</summary>
internal sealed class LayerDownload : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _abandoned = new();
    private readonly List<Action<TransferNotice>> _watchers = [];
    private TransferNotice? _last;
    private int _users;

    public LayerDownload(LayerRequest request, Func<LayerDownload, CancellationToken, Task> fetch)
    {
        Request = request;
        Completion = Task.Run(() => fetch(this, _abandoned.Token), CancellationToken.None);
    }

    public LayerRequest Request { get; }

    /// <summary>Done: the download has one use of the layer, until <see cref="Leave"/> says that it was the last.</summary>
    public Task Completion { get; }

    /// <summary>False when everybody has left and it is ending.</summary>
    public bool TryJoin(Action<TransferNotice> watcher)
    {
        lock (_lock)
        {
            if (_abandoned.IsCancellationRequested)
                return false;
            _users++;
            _watchers.Add(watcher);
            if (_last is { } last)
                watcher(last);
            return true;
        }
    }

    /// <summary>True for the last one.</summary>
    public bool Leave(Action<TransferNotice> watcher)
    {
        lock (_lock)
        {
            _watchers.Remove(watcher);
            if (--_users > 0)
                return false;
            _abandoned.Cancel();
            return true;
        }
    }

    public void Tell(TransferNotice notice)
    {
        lock (_lock)
        {
            _last = notice;
            foreach (var watcher in _watchers)
                watcher(notice);
        }
    }

    public void Dispose() => _abandoned.Dispose();
}
