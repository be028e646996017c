using System.Diagnostics.CodeAnalysis;
using Boreal.Engine.Shims;

namespace Boreal.Engine.Containers;

/// <summary>
/// The parts of a container that live in this process only and are rebuilt after a restart of the daemon.
/// Changed under the container's claim; the tasks may be awaited by anyone.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "a source without timer or linked tokens owns nothing that disposal frees")]
internal sealed class ContainerLife
{
    private readonly TaskCompletionSource<ContainerExit> _removed = New();
    private TaskCompletionSource<ContainerExit> _exited = New();
    private TaskCompletionSource<ContainerExit> _runEnded = New();
    private CancellationTokenSource? _restart;
    private int _removing;

    /// <summary>The process that holds the container's streams: from the first attach or the start until the exit is recorded.</summary>
    public Shim? Shim { get; set; }

    /// <summary>The current run's oom event is out.</summary>
    public bool OutOfMemoryAnnounced { get; set; }

    /// <summary>The supervisor's loop.</summary>
    public Task? Watch { get; set; }

    /// <summary>The loop of health checks.</summary>
    public Task? HealthLoop { get; set; }

    /// <summary>The wait before the last restart by policy; zero after a start by a person.</summary>
    public TimeSpan RestartDelay { get; set; }

    /// <summary>Completes when the current process has ended and its resources are given back.</summary>
    public Task<ContainerExit> RunEnded => Volatile.Read(ref _runEnded).Task;

    /// <summary>Completes with the exit that ends the container's running for good: not one that the restart policy follows up.</summary>
    public Task<ContainerExit> Exited => Volatile.Read(ref _exited).Task;

    /// <summary>Completes when the container is gone, with its last exit.</summary>
    public Task<ContainerExit> Removed => _removed.Task;

    public CancellationToken BeginRestartDelay(TimeSpan delay)
    {
        RestartDelay = delay;
        _restart = new CancellationTokenSource();
        return _restart.Token;
    }

    public void CancelRestart()
    {
        _restart?.Cancel();
        _restart = null;
    }

    /// <summary>False when somebody else removes this container already.</summary>
    public bool TryBeginRemoval() => Interlocked.CompareExchange(ref _removing, 1, 0) == 0;

    public void EndRemoval() => Volatile.Write(ref _removing, 0);

    /// <summary>Wakes who waits for this process, and starts anew for the next one.</summary>
    public void AnnounceRunEnded(ContainerExit exit) => Interlocked.Exchange(ref _runEnded, New()).TrySetResult(exit);

    /// <summary>Wakes who waits for the end of running, and starts anew.</summary>
    public void AnnounceExit(ContainerExit exit) => Interlocked.Exchange(ref _exited, New()).TrySetResult(exit);

    /// <summary>Wakes everyone: there will be no other exit.</summary>
    public void AnnounceRemoved(ContainerExit exit)
    {
        Volatile.Read(ref _runEnded).TrySetResult(exit);
        Volatile.Read(ref _exited).TrySetResult(exit);
        _removed.TrySetResult(exit);
    }

    private static TaskCompletionSource<ContainerExit> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
