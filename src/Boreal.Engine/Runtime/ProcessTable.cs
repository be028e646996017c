using Boreal.Engine.Errors;

namespace Boreal.Engine.Runtime;

/// <summary>The processes of a container as ps(1) shows them.</summary>
public static class ProcessTable
{
    /// <param name="pids">Host pids of the container.</param>
    /// <param name="arguments">Arguments for ps; empty is <c>-ef</c>.</param>
    /// <param name="cancellationToken">Ends a ps that hangs.</param>
    public static Task<ProcessListing> ListAsync(IReadOnlyList<int> pids, string arguments, CancellationToken cancellationToken) =>
        throw new EngineException(ErrorKind.NotImplemented, $"top {arguments} {pids.Count}");
}
