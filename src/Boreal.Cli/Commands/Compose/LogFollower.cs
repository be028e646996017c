using System.Text;
using Boreal.Api.Containers;
using Boreal.Cli.Session;
using Boreal.Client.Containers;
using Boreal.Client.Streams;

namespace Boreal.Cli.Commands.Compose;

/// <summary>Shows the logs of several containers, line by line.</summary>
internal sealed class LogFollower(CliContext context, string project, LogFormat format) : IDisposable
{
    private readonly SemaphoreSlim _line = new(1, 1);

    public async Task RunAsync(IReadOnlyCollection<string> services, LogQuery query, CancellationToken cancellationToken)
    {
        var containers = await ProjectContainers.ListAsync(context, project, services, all: true, cancellationToken);
        var width = containers.Select(container => Short(container).Length).DefaultIfEmpty().Max();
        await Task.WhenAll(containers.Select(container => ShowAsync(container, Short(container).PadRight(width), query with { Timestamps = format.Timestamps }, cancellationToken)));
    }

    public void Dispose() => _line.Dispose();

    private string Short(ContainerSummary container)
    {
        var name = ProjectContainers.Name(container);
        return name.StartsWith(project + "-", StringComparison.Ordinal) ? name[(project.Length + 1)..] : name;
    }

    private async Task ShowAsync(ContainerSummary container, string label, LogQuery query, CancellationToken cancellationToken)
    {
        var details = await context.Client.Containers.InspectAsync(container.Id, cancellationToken);
        await using var logs = await context.Client.Containers.LogsAsync(container.Id, query, cancellationToken);
        await using var lines = new LineStream((line, cancel) => WriteAsync(label, line, cancel));
        if (details.Config.Tty) await logs.Content.CopyToAsync(lines, cancellationToken);
        else await StdioDemultiplexer.CopyAsync(logs.Content.ReadAsync, lines, lines, cancellationToken);
    }

    private async Task WriteAsync(string label, ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        await _line.WaitAsync(cancellationToken);
        try
        {
            if (format.Prefixes) await context.OutStream.WriteAsync(Encoding.UTF8.GetBytes($"{label}  | "), cancellationToken);
            await context.OutStream.WriteAsync(line, cancellationToken);
            await context.OutStream.FlushAsync(cancellationToken);
        }
        finally
        {
            _line.Release();
        }
    }
}
