using Boreal.Client.Streams;
using Boreal.Cli.Session;

namespace Boreal.Cli.Output;

/// <summary>Shows a progress stream: on a terminal one line per item that is overwritten, elsewhere the plain messages.</summary>
internal sealed class ProgressDisplay(CliContext context)
{
    private readonly List<string> _lines = [];

    public async Task ShowAsync(Stream content, CancellationToken cancellationToken)
    {
        var live = context.Terminal.OutputIsTerminal;
        await foreach (var message in ProgressMessages.ReadAsync(content, cancellationToken))
        {
            if (message.Stream is { } text) await context.Out.WriteAsync(text);
            else if (message.Id is { Length: > 0 } id && live) await MoveAsync(id, message);
            else if (message.Detail is null or { Current: 0, Total: 0 }) await context.Out.WriteLineAsync(message.Id is { Length: > 0 } what ? $"{what}: {message.Status}" : message.Status);
            if (live) await context.Out.FlushAsync(cancellationToken);
        }
    }

    private async Task MoveAsync(string id, ProgressMessage message)
    {
        var at = _lines.IndexOf(id);
        if (at < 0)
        {
            _lines.Add(id);
            await context.Out.WriteLineAsync();
            at = _lines.Count - 1;
        }

        var up = _lines.Count - at;
        var progress = message.Detail is { Total: > 0 } detail ? $" {Bar(detail)} {Units.Size(detail.Current)}/{Units.Size(detail.Total)}" : "";
        await context.Out.WriteAsync($"\u001b[{up}A\r\u001b[2K{id}: {message.Status}{progress}\u001b[{up}B\r");
    }

    private static string Bar(ProgressDetail detail)
    {
        const int Cells = 50;
        var done = (int)Math.Clamp(detail.Current * Cells / detail.Total, 0, Cells);
        return $"[{new string('=', done)}{(done < Cells ? ">" + new string(' ', Cells - done - 1) : "")}]";
    }
}
