using System.Text;
using Boreal.Cli.Session;
using Boreal.Client.Containers;
using Boreal.Client.Streams;

namespace Boreal.Cli.Commands.Compose;

/// <summary>Writes the output of several containers line by line, each behind its container's name.</summary>
internal sealed class LogLines(CliContext context, string project, LogFormat format) : IDisposable
{
    private const string Reset = "\u001b[0m";
    private static readonly string[] Colors = ["\u001b[36m", "\u001b[33m", "\u001b[32m", "\u001b[35m", "\u001b[34m", "\u001b[96m", "\u001b[93m", "\u001b[92m", "\u001b[95m", "\u001b[94m"];

    private readonly SemaphoreSlim _line = new(1, 1);
    private readonly Dictionary<string, string> _colors = new(StringComparer.Ordinal);
    private int _width;

    public string Short(string name) => name.StartsWith(project + "-", StringComparison.Ordinal) ? name[(project.Length + 1)..] : name;

    /// <summary>Makes room for these names.</summary>
    public void Reserve(IEnumerable<string> names) => _width = Math.Max(_width, names.Select(name => Short(name).Length).DefaultIfEmpty().Max());

    public async Task ShowAsync(string id, string name, LogQuery query, CancellationToken cancellationToken)
    {
        Reserve([name]);
        var details = await context.Client.Containers.InspectAsync(id, cancellationToken);
        await using var logs = await context.Client.Containers.LogsAsync(id, query with { Timestamps = format.Timestamps }, cancellationToken);
        await using var lines = new LineStream((line, cancel) => WriteAsync(Short(name), line, cancel));
        if (details.Config.Tty) await logs.Content.CopyToAsync(lines, cancellationToken);
        else await StdioDemultiplexer.CopyAsync(logs.Content.ReadAsync, lines, lines, cancellationToken);
    }

    /// <summary>A line of compose's own.</summary>
    public async Task SayAsync(string text, CancellationToken cancellationToken)
    {
        await _line.WaitAsync(cancellationToken);
        try
        {
            await context.OutStream.WriteAsync(Encoding.UTF8.GetBytes(text + "\n"), cancellationToken);
            await context.OutStream.FlushAsync(cancellationToken);
        }
        finally
        {
            _line.Release();
        }
    }

    public void Dispose() => _line.Dispose();

    private async Task WriteAsync(string name, ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        await _line.WaitAsync(cancellationToken);
        try
        {
            if (format.Prefixes) await context.OutStream.WriteAsync(Encoding.UTF8.GetBytes(Prefix(name)), cancellationToken);
            await context.OutStream.WriteAsync(line, cancellationToken);
            await context.OutStream.FlushAsync(cancellationToken);
        }
        finally
        {
            _line.Release();
        }
    }

    private string Prefix(string name)
    {
        var label = $"{name.PadRight(_width)}  | ";
        if (!format.Colors || !context.Terminal.OutputIsTerminal) return label;
        if (!_colors.TryGetValue(name, out var color)) _colors[name] = color = Colors[_colors.Count % Colors.Length];
        return color + label + Reset;
    }
}
