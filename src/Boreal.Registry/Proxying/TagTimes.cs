using System.Collections.Concurrent;
using Boreal.Registry.Repositories;

namespace Boreal.Registry.Proxying;

/// <summary>When the upstream was last asked about a tag.</summary>
internal sealed class TagTimes(TimeSpan age, TimeProvider clock)
{
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<(RepositoryName, string), long> _times = new();

    public bool IsFresh(RepositoryName repository, string tag) =>
        _times.TryGetValue((repository, tag), out var time) && clock.GetElapsedTime(time) < age;

    public void Set(RepositoryName repository, string tag)
    {
        if (_times.Count >= Most)
            _times.Clear();
        _times[(repository, tag)] = clock.GetTimestamp();
    }
}
