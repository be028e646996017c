using Boreal.Build.Builds;
using Boreal.Build.Session;
using Boreal.Engine.Errors;

namespace Boreal.Build.Gateway;

/// <summary>The builds that run, or did so just now, by the references that clients gave them.</summary>
internal sealed class BuildTable(TimeProvider clock)
{
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(10);

    private readonly ArrivalTable<ActiveBuild> _builds = new(TimeSpan.FromSeconds(6), clock);

    public void Add(ActiveBuild build)
    {
        if (!_builds.TryAdd(build.Reference, build))
            throw new EngineException(ErrorKind.Conflict, $"job ID {build.Reference} exists");
    }

    /// <summary>The build is over. A client that asks for its progress only now is told all of it, for a little while.</summary>
    public void Retire(ActiveBuild build)
    {
        var retired = new Retirement(_builds, build.Reference);
        retired.Timer = clock.CreateTimer(static state => ((Retirement?)state)?.End(), retired, Afterwards, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Clients ask for a build, its progress and its gateway at once: the build may still be on its way.</summary>
    public async Task<ActiveBuild> FindAsync(string reference, CancellationToken cancellationToken) =>
        await _builds.FindAsync(reference, cancellationToken) ?? throw new EngineException(ErrorKind.NotFound, $"no such job {reference}");

    /// <summary>A tree of any build here: a client may hand one build's result to another.</summary>
    public BuildTree? FindTree(string id) => _builds.List().Select(build => build.TryFind(id)).FirstOrDefault(tree => tree is not null);

    private sealed class Retirement(ArrivalTable<ActiveBuild> builds, string reference)
    {
        public ITimer? Timer { get; set; }

        public void End()
        {
            builds.Remove(reference);
            Timer?.Dispose();
        }
    }
}
