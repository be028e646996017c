using System.Globalization;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Apps;

internal sealed class AppScaleCommand : Command
{
    private readonly ValueFlag<bool> _detach;

    public AppScaleCommand() => _detach = Flags.Switch("detach", 'd', "Do not wait until it is done");

    public override string Usage => "scale [OPTIONS] [APP/]SERVICE=REPLICAS [[APP/]SERVICE=REPLICAS...]";

    public override string Summary => "Say how many tasks services have";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["app scale"];

    public override IReadOnlyList<string> Examples => ["boreal app scale shop/web=5"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var asked = new List<(string App, string Service)>();
        foreach (var (name, replicas) in arguments.Select(Parse).ToList())
        {
            var (app, service) = await ServiceName.ResolveAsync(context.Client.Apps, name, cancellationToken);
            await context.Client.Apps.ScaleAsync(app, service, replicas, cancellationToken);
            asked.Add((app, service));
        }
        foreach (var (app, service) in _detach.Value ? [] : asked)
            await ServiceWait.ConvergedAsync(context, app, service, cancellationToken);
        return ExitCodes.Success;
    }

    private static (string Name, int Replicas) Parse(string text)
    {
        var equals = text.LastIndexOf('=');
        return equals > 0 && int.TryParse(text.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var replicas)
            ? (text[..equals], replicas)
            : throw new CommandFailedException($"invalid scale {text}: write SERVICE=NUMBER");
    }
}
