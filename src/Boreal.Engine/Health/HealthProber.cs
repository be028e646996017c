using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Execs;
using Boreal.Engine.Runtime;

namespace Boreal.Engine.Health;

/// <summary>Runs the check once, as an exec in the container.</summary>
internal sealed class HealthProber(ExecRunner runner, TimeProvider time)
{
    /// <summary>A check that takes too long is killed and counts as exit code -1.</summary>
    public async Task<HealthProbe> ProbeAsync(Container container, HealthSpec spec, CancellationToken stopped)
    {
        var start = time.GetUtcNow();
        try
        {
            var timeout = HealthPolicy.Timeout(spec);
            var result = await runner.RunAsync(container, new ExecProcess { Command = Command(container, spec) }, timeout, stopped);
            return result.ExitCode is { } exitCode
                ? new HealthProbe(start, time.GetUtcNow(), exitCode, result.Output)
                : new HealthProbe(start, time.GetUtcNow(), -1, $"Health check exceeded timeout ({timeout.TotalSeconds:0.###}s): {result.Output}");
        }
        catch (EngineException exception)
        {
            return new HealthProbe(start, time.GetUtcNow(), -1, exception.Message);
        }
    }

    private static IReadOnlyList<string> Command(Container container, HealthSpec spec) => spec.Test switch
    {
        ["CMD-SHELL", var script, ..] => [.. container.Spec.Process.Shell ?? ["/bin/sh", "-c"], script],
        ["CMD", ..] => [.. spec.Test.Skip(1)],
        _ => throw new EngineException(ErrorKind.Invalid, $"unknown type of health check '{spec.Test?[0]}': use CMD or CMD-SHELL"),
    };
}
