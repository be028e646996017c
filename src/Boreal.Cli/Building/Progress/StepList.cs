using Boreal.BuildWire.Protocol.Control;

namespace Boreal.Cli.Building.Progress;

/// <summary>The steps of a build, from what the daemon tells.</summary>
internal sealed class StepList
{
    private readonly Dictionary<string, StepView> _byDigest = new(StringComparer.Ordinal);
    private readonly List<StepView> _steps = [];

    /// <summary>Those that have begun, in the order of their numbers.</summary>
    public IReadOnlyList<StepView> Steps => _steps;

    /// <summary>All that the daemon has named, whether they have begun or not.</summary>
    public int Known => Math.Max(_named.Count, _steps.Count);

    public List<VertexWarning> Warnings { get; } = [];

    private readonly HashSet<string> _named = new(StringComparer.Ordinal);

    /// <summary>What the news of one step are.</summary>
    public IEnumerable<(StepView Step, IReadOnlyList<string> Lines)> Take(StatusResponse news)
    {
        foreach (var vertex in news.Vertexes)
        {
            _named.Add(vertex.Digest);
            // Steps that only may come to be are named before they begin.
            if (vertex.Started is null && !_byDigest.ContainsKey(vertex.Digest)) continue;
            var step = Find(vertex.Digest);
            step.Take(vertex);
            yield return (step, []);
        }

        foreach (var part in news.Statuses)
        {
            var step = Find(part.Vertex);
            step.Take(part);
            yield return (step, []);
        }

        foreach (var log in news.Logs)
        {
            var step = Find(log.Vertex);
            yield return (step, step.Log.Take(log, step.Started));
        }

        Warnings.AddRange(news.Warnings);
    }

    private StepView Find(string digest)
    {
        if (_byDigest.TryGetValue(digest, out var step)) return step;
        step = new StepView(_steps.Count + 1, digest);
        _byDigest.Add(digest, step);
        _steps.Add(step);
        return step;
    }
}
