using Boreal.Registry.Uploads;
using Microsoft.Extensions.Logging;

namespace Boreal.Registry.Collection;

/// <summary>What happens without being asked: uploads time out, and garbage is collected now and then.</summary>
internal sealed partial class Housekeeping(UploadStore uploads, Collector collector, RegistryOptions options, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);

    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Round, clock);
        var collected = clock.GetUtcNow();
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                var isDue = options.CollectionInterval is { } interval && clock.GetUtcNow() - collected >= interval;
                if (isDue)
                    collected = clock.GetUtcNow();
                await TryAsync(isDue, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The registry stops.
        }
    }

    private async Task TryAsync(bool collect, CancellationToken stopping)
    {
        try
        {
            if (collect)
                await collector.RunAsync(new CollectionRequest(DryRun: false, DeleteUntagged: false), stopping);
            else
                await uploads.ExpireAsync(dryRun: false, stopping);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk may be well again in the next round.
            Log.Failed(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(620, LogLevel.Error, "the registry could not tidy up")]
        internal static partial void Failed(ILogger logger, Exception exception);
    }
}
