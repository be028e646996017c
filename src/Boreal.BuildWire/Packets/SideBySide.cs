namespace Boreal.BuildWire.Packets;

/// <summary>Parts of one job that run at once: the first to fail stops the others, and is what the job failed of.</summary>
internal static class SideBySide
{
    public static async Task RunAsync(CancellationToken cancellationToken, params Func<CancellationToken, Task>[] parts)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = parts.Select(part => part(stop.Token)).ToList();
        var all = Task.WhenAll(running);
        try
        {
            while (running.Count > 0)
            {
                var done = await Task.WhenAny(running);
                running.Remove(done);
                await done;
            }
        }
        catch
        {
            await stop.CancelAsync();
            await all.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }
    }
}
