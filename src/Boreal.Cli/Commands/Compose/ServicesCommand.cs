using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Compose;

/// <summary>A verb of the orchestrator on some or all services: <c>start</c>, <c>stop</c>, <c>restart</c>.</summary>
internal sealed class ServicesCommand(string verb, string summary) : ComposeCommand
{
    public override string Usage => $"{verb} [SERVICE...]";

    public override string Summary => summary;

    public override IReadOnlyList<string> Examples => [$"boreal compose {verb} web"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var name = await NameAsync(context);
        var known = await new ProjectObserver(context).ServicesAsync(name, cancellationToken);
        foreach (var service in arguments.Where(service => !known.ContainsKey(service))) throw new CommandFailedException($"no such service: {service}");
        var services = arguments.Count > 0 ? arguments : [.. known.Keys.Order(StringComparer.Ordinal)];
        foreach (var service in services)
        {
            var apps = context.Client.Apps;
            await (verb switch
            {
                "start" => apps.StartAsync(name, service, cancellationToken),
                "stop" => apps.StopAsync(name, service, cancellationToken: cancellationToken),
                _ => apps.RestartAsync(name, service, cancellationToken),
            });
        }

        await new ConvergenceWait(context, name, [.. services], failsWithTasks: false).RunAsync(cancellationToken);
        return ExitCodes.Success;
    }
}
