namespace Boreal.Engine.Containers;

/// <summary>Waits for the end of a run or of the container.</summary>
public static class ContainerWaiter
{
    public static Task<ContainerExit> WaitAsync(Container container, WaitCondition condition, CancellationToken cancellationToken)
    {
        // Ask for the tasks before looking at the status: an exit in between is then seen by one of the two.
        var exited = container.Life.Exited;
        var removed = container.Life.Removed;
        var status = container.Status;
        return condition switch
        {
            WaitCondition.Removed => removed.WaitAsync(cancellationToken),
            WaitCondition.NotRunning when !status.IsRunning => Task.FromResult(new ContainerExit(status.ExitCode, null)),
            _ => exited.WaitAsync(cancellationToken),
        };
    }
}
