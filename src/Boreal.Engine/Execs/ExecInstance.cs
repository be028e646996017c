using Boreal.Engine.Containers;
using Boreal.Engine.Shims;

namespace Boreal.Engine.Execs;

/// <summary>A further process of a container: from exec create until some minutes after its end. Lives in memory only, as Docker's does.</summary>
public sealed class ExecInstance
{
    private readonly TaskCompletionSource<ShimExec> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ExecStatus _status = ExecStatus.Created;
    private int _claimed;

    internal ExecInstance(string id, Container container, ExecSpec spec)
    {
        Id = id;
        Container = container;
        Spec = spec;
    }

    /// <summary>64 hex digits.</summary>
    public string Id { get; }

    public Container Container { get; }

    public ExecSpec Spec { get; }

    public ExecStatus Status
    {
        get => _status;
        internal set => _status = value;
    }

    /// <summary>When it ended; null while it has not.</summary>
    internal DateTimeOffset? EndedAt { get; set; }

    /// <summary>Completes when its end is recorded; at once as long as it was not started.</summary>
    public Task Ended => Watch ?? Task.CompletedTask;

    /// <summary>Waits for its end.</summary>
    internal Task? Watch { get; set; }

    /// <summary>Completes when the process runs, fails when it can't.</summary>
    internal Task<ShimExec> Started => _started.Task;

    /// <summary>False when it was started before.</summary>
    internal bool TryClaimStart() => Interlocked.CompareExchange(ref _claimed, 1, 0) == 0;

    internal void AnnounceStarted(ShimExec exec) => _started.TrySetResult(exec);

    internal void AnnounceFailed(Exception exception)
    {
        _started.TrySetException(exception);
        // Seen by a resize that waits, if there is one; nobody else has to.
        _ = _started.Task.Exception;
    }
}
