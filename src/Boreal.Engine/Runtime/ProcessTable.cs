using Boreal.Engine.Errors;
using Boreal.Engine.Runtime.Processes;

namespace Boreal.Engine.Runtime;

/// <summary>The processes of a container as ps(1) shows them.</summary>
public sealed class ProcessTable(TimeProvider time)
{
    /// <param name="pids">Host pids of the container.</param>
    /// <param name="arguments">Arguments for ps; empty is <c>-ef</c>, which needs no ps.</param>
    /// <param name="cancellationToken">Ends a ps that hangs.</param>
    /// <exception cref="EngineException">ps refuses the arguments, or its output has no PID column.</exception>
    public async Task<ProcessListing> ListAsync(IReadOnlyList<int> pids, string arguments, CancellationToken cancellationToken)
    {
        if (arguments is "" or "-ef") return FullListing.Of(pids, time);
        PsArguments.Check(arguments);
        string[] words = arguments.Split(' ');
        // Some options do not go with -q: then ps lists everything and the rest is left out here.
        var (succeeded, output, error) = await PsProgram.RunAsync([.. words, $"-q{string.Join(',', pids)}"], cancellationToken);
        if (!succeeded) (succeeded, output, error) = await PsProgram.RunAsync(words, cancellationToken);
        if (succeeded) return PsOutput.Parse(output, pids);
        var reason = error.Split('\n', 2)[0];
        throw new EngineException(ErrorKind.Internal, reason.Length > 0 ? $"ps: {reason}" : "ps: exit status 1");
    }
}
