using Boreal.Cli.Session;

namespace Boreal.Cli.Output;

/// <summary>Shows on a terminal's error stream how much has been copied; silent anywhere else.</summary>
internal sealed class ByteProgress(CliContext context, string verb, long? total) : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    private readonly bool _isShown = context.Terminal.ErrorIsTerminal;
    private readonly long _started = context.Clock.GetTimestamp();
    private long _shownAt;
    private long _copied;

    public long Copied => _copied;

    public async Task CopyAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        var buffer = new byte[256 * 1024];
        int count;
        while ((count = await from.ReadAsync(buffer, cancellationToken)) > 0)
        {
            await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            await AddAsync(count);
        }
    }

    public async ValueTask AddAsync(int count)
    {
        _copied += count;
        if (!_isShown || context.Clock.GetElapsedTime(_shownAt is 0 ? _started : _shownAt) < Every) return;
        _shownAt = context.Clock.GetTimestamp();
        var seconds = Math.Max(0.1, context.Clock.GetElapsedTime(_started).TotalSeconds);
        var whole = total is > 0 ? $" / {Units.Size(total.Value, 3)} ({100.0 * _copied / total.Value:F0} %)" : "";
        await context.Error.WriteAsync($"\r{verb} {Units.Size(_copied, 3)}{whole} at {Units.Size(_copied / seconds, 3)}/s\u001b[K");
    }

    public async ValueTask DisposeAsync()
    {
        if (_shownAt is not 0) await context.Error.WriteAsync("\r\u001b[K");
    }
}
