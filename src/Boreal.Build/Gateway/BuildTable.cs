using Boreal.Build.Builds;
using Boreal.Engine.Errors;

namespace Boreal.Build.Gateway;

/// <summary>The builds that run, or did so just now, by the references that clients gave them.</summary>
internal sealed class BuildTable(TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ActiveBuild> _builds = new(StringComparer.Ordinal);
    private TaskCompletionSource _added = NewSignal();

    public void Add(ActiveBuild build)
    {
        TaskCompletionSource added;
        lock (_lock)
        {
            if (!_builds.TryAdd(build.Reference, build))
                throw new EngineException(ErrorKind.Conflict, $"job ID {build.Reference} exists");
            added = _added;
            _added = NewSignal();
        }
        added.TrySetResult();
    }

    /// <summary>The build is over. A client that asks for its progress only now is told all of it, for a little while.</summary>
    public void Retire(ActiveBuild build)
    {
        var retired = new Retirement(this, build.Reference);
        retired.Timer = clock.CreateTimer(static state => ((Retirement?)state)?.End(), retired, Afterwards, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Clients ask for a build, its progress and its gateway at once: the build may still be on its way.</summary>
    public async Task<ActiveBuild> FindAsync(string reference, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        while (true)
        {
            Task added;
            lock (_lock)
            {
                if (_builds.TryGetValue(reference, out var build))
                    return build;
                added = _added.Task;
            }
            try
            {
                await added.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                throw new EngineException(ErrorKind.NotFound, $"no such job {reference}");
            }
        }
    }

    /// <summary>A tree of any build here: a client may hand one build's result to another.</summary>
    public BuildTree? FindTree(string id)
    {
        lock (_lock)
            return _builds.Values.Select(build => build.TryFind(id)).FirstOrDefault(tree => tree is not null);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Retirement(BuildTable table, string reference)
    {
        public ITimer? Timer { get; set; }

        public void End()
        {
            lock (table._lock)
                table._builds.Remove(reference);
            Timer?.Dispose();
        }
    }
}
