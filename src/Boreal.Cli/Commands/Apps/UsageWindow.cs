using Boreal.Api.Apps;

namespace Boreal.Cli.Commands.Apps;

/// <summary>The last looks at what services use, from which follows what happens in a second.</summary>
internal sealed class UsageWindow
{
    /// <summary>Response times are told of this long: of one second alone they would jump.</summary>
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, List<ServiceUsage>> _looks = new(StringComparer.Ordinal);

    /// <summary>Takes in a look.</summary>
    /// <returns>A row for each service, in the order of the look.</returns>
    public IReadOnlyList<UsageRow> Add(IReadOnlyList<ServiceUsage> services)
    {
        var rows = new List<UsageRow>();
        foreach (var service in services)
        {
            var id = $"{service.App}/{service.Name}";
            if (!_looks.TryGetValue(id, out var looks))
                _looks[id] = looks = [];
            // Counts of a daemon that has been restarted begin anew.
            if (looks is [.., var last] && (service.Traffic?.Requests ?? 0) < (last.Traffic?.Requests ?? 0))
                looks.Clear();
            looks.RemoveAll(look => look.At < service.At - Length);
            rows.Add(new UsageRow(service, looks is [.., var before] ? before : null, looks is [var oldest, ..] ? oldest : null));
            looks.Add(service);
        }
        return rows;
    }
}
