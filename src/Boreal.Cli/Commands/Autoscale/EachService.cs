using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Apps;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Autoscale;

/// <summary>A verb for each service that is named.</summary>
internal static class EachService
{
    internal static async Task<int> RunAsync(CliContext context, IReadOnlyList<string> names, Func<string, string, Task> verb, CancellationToken cancellationToken)
    {
        foreach (var name in names)
        {
            var (app, service) = await ServiceName.ResolveAsync(context.Client.Apps, name, cancellationToken);
            await verb(app, service);
        }
        return ExitCodes.Success;
    }
}
