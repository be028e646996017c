using Boreal.Client.Streams;
using Boreal.Cli.Session;

namespace Boreal.Cli.Output;

/// <summary>Shows a progress stream: on a terminal a line per item with a bar, elsewhere the plain messages.</summary>
internal sealed class ProgressDisplay(CliContext context, bool toError = false)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);

    private readonly ProgressRegion _region = new();
    private readonly bool _isLive = toError ? context.Terminal.ErrorIsTerminal && context.Terminal.OutputIsTerminal : context.Terminal.OutputIsTerminal;
    private long _drawnAt;

    private TextWriter Target => toError ? context.Error : context.Out;

    public async Task ShowAsync(Stream content, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in ProgressMessages.ReadAsync(content, cancellationToken)) await ShowAsync(message);
        }
        finally
        {
            await EndRegionAsync();
            await Target.FlushAsync(CancellationToken.None);
        }
    }

    private async Task ShowAsync(ProgressMessage message)
    {
        if (message is { Stream: null, Status: null }) return; // For programs: the result of the work, such as a digest.
        if (message.Stream is { } text)
        {
            await EndRegionAsync();
            await Target.WriteAsync(text);
        }
        else if (message.Id is { Length: > 0 } id && _isLive)
        {
            await DrawAsync(_region.Take(id, message));
            return;
        }
        else if (message.Detail is null or { Current: 0, Total: 0 })
        {
            await EndRegionAsync();
            await Target.WriteLineAsync(message.Id is { Length: > 0 } what ? $"{what}: {message.Status}" : message.Status);
        }

        if (_isLive) await Target.FlushAsync();
    }

    private async Task DrawAsync(bool atOnce)
    {
        if (!atOnce && context.Clock.GetElapsedTime(_drawnAt) < Every) return;
        _drawnAt = context.Clock.GetTimestamp();
        var (rows, columns) = context.Terminal.Size ?? (24, 80);
        await Target.WriteAsync(_region.Frame(rows, columns));
        await Target.FlushAsync();
    }

    private async Task EndRegionAsync()
    {
        if (!_region.IsEmpty) await Target.WriteAsync(_region.End(context.Terminal.Width));
    }
}
