using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Shims;

/// <summary>A started exec.</summary>
public sealed class ShimExec
{
    private readonly Shim _shim;
    private readonly string _execId;

    internal ShimExec(Shim shim, string execId, int pid, ShimStream? stdio, Task<int> exited)
    {
        (_shim, _execId, Pid, Stdio, Exited) = (shim, execId, pid, stdio, exited);
    }

    public int Pid { get; }

    /// <summary>As <see cref="Shim.AttachAsync"/>; null when nothing is attached.</summary>
    public ShimStream? Stdio { get; }

    /// <summary>The exit code. 137 when the shim died and took the exec with it.</summary>
    public Task<int> Exited { get; }

    public Task ResizeAsync(ConsoleSize size, CancellationToken cancellationToken) => _shim.ResizeExecAsync(_execId, size, cancellationToken);
}
