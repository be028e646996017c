namespace Boreal.Build.Caching;

/// <summary>
/// Work that several ask for at the same time is done once. It is cancelled when the last of them no longer waits, and who gives up last
/// waits until it has ended.
/// </summary>
internal sealed class SharedWork<T>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Share> _shares = new(StringComparer.Ordinal);

    public async Task<T> RunAsync(string key, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        Share share;
        lock (_lock)
        {
            if (!_shares.TryGetValue(key, out var known) || known.Stop.IsCancellationRequested)
            {
                var begun = new Share();
                begun.Work = Task.Run(() => work(begun.Stop.Token), CancellationToken.None);
                _shares[key] = known = begun;
            }

            share = known;
            share.Waiting++;
        }

        try
        {
            return await share.Work.WaitAsync(cancellationToken);
        }
        finally
        {
            await LeaveAsync(key, share);
        }
    }

    private async Task LeaveAsync(string key, Share share)
    {
        lock (_lock)
        {
            if (--share.Waiting > 0)
                return;
            if (_shares.GetValueOrDefault(key) == share)
                _shares.Remove(key);
        }

        await share.Stop.CancelAsync();
        await share.Work.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        share.Stop.Dispose();
    }

    private sealed class Share
    {
        public CancellationTokenSource Stop { get; } = new();

        public Task<T> Work { get; set; } = Task.FromCanceled<T>(new CancellationToken(canceled: true));

        public int Waiting { get; set; }
    }
}
