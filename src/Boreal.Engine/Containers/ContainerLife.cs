namespace Boreal.Engine.Containers;

/// <summary>The parts of a container that live in this process only and are rebuilt after a restart of the daemon.</summary>
internal sealed class ContainerLife
{
    private TaskCompletionSource<ContainerExit> _exited = New();
    private readonly TaskCompletionSource<ContainerExit> _removed = New();

    /// <summary>Completes with the exit that ends the current run for good: not one that the restart policy follows up.</summary>
    public Task<ContainerExit> Exited => Volatile.Read(ref _exited).Task;

    /// <summary>Completes when the container is gone, with its last exit.</summary>
    public Task<ContainerExit> Removed => _removed.Task;

    /// <summary>Wakes who waits for the exit and starts anew, for the next run.</summary>
    public void AnnounceExit(ContainerExit exit) => Interlocked.Exchange(ref _exited, New()).SetResult(exit);

    /// <summary>Wakes everyone: there will be no other exit.</summary>
    public void AnnounceRemoved(ContainerExit exit)
    {
        Volatile.Read(ref _exited).TrySetResult(exit);
        _removed.TrySetResult(exit);
    }

    private static TaskCompletionSource<ContainerExit> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
