using Boreal.Api.Containers;
using Boreal.Client.Errors;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

/// <summary>Learns a container's exit code. Begin it before the start, or a quick exit is missed.</summary>
internal static class ExitWatch
{
    public static async Task<Task<int>> BeginAsync(CliContext context, string container, bool untilRemoved, CancellationToken cancellationToken)
    {
        var waiting = await context.Client.Containers.BeginWaitAsync(container, untilRemoved ? "removed" : "next-exit", cancellationToken);
        return CodeAsync(context, waiting);
    }

    private static async Task<int> CodeAsync(CliContext context, Task<ContainerWaitResponse> waiting)
    {
        try
        {
            var answer = await waiting;
            if (answer.Error is not { } error) return (int)answer.StatusCode;
            await context.Error.WriteLineAsync($"Error waiting for container: {error.Message}");
        }
        catch (Exception problem) when (problem is ApiException or IOException)
        {
            await context.Error.WriteLineAsync($"error waiting for container: {problem.Message}");
        }

        return ExitCodes.Refused;
    }
}
