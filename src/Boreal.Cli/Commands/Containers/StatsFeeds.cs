using System.Collections.Concurrent;
using Boreal.Client.Errors;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

/// <summary>Reads the samples of several containers at once and keeps the newest of each.</summary>
internal sealed class StatsFeeds(CliContext context) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, StatsRow> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _readers = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ends = new();
    private List<string> _order = [];

    public IReadOnlyList<StatsRow> Rows => [.. _order.Select(name => _rows.GetValueOrDefault(name) ?? new StatsRow(name, null))];

    public bool AllHaveSamples => _order.All(_rows.ContainsKey);

    public bool AllEnded => _readers.Values.All(reader => reader.IsCompleted);

    public Exception? FirstProblem => _readers.Values.FirstOrDefault(reader => reader.IsFaulted)?.Exception?.InnerException;

    /// <summary>Reads these from now on; what is no longer named is shown no more.</summary>
    public void Follow(IReadOnlyList<string> names, bool keepEnded)
    {
        _order = [.. names];
        foreach (var name in names)
        {
            if (!_readers.TryGetValue(name, out var reader) || reader.IsCompleted && !keepEnded) _readers[name] = ReadAsync(name, _ends.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        foreach (var reader in _readers.Values) await reader.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ends.Dispose();
    }

    private async Task ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var sample in context.Client.Containers.StatsAsync(name, stream: true, cancellationToken)) _rows[name] = new StatsRow(name, sample);
        }
        catch (BrokenStreamException)
        {
            // The daemon went away; the last figures stay.
        }
    }
}
