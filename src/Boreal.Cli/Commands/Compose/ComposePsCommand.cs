using Boreal.Api.Containers;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Containers;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ComposePsCommand : ComposeCommand
{
    private const string Table = "table {{.Name}}\\t{{.Image}}\\t{{.Command}}\\t{{.Service}}\\t{{.RunningFor}}\\t{{.Status}}\\t{{.Ports}}";

    private readonly ValueFlag<bool> _all;
    private readonly ValueFlag<string> _format;
    private readonly ValueFlag<bool> _noTruncate;
    private readonly ValueFlag<bool> _quiet;
    private readonly ValueFlag<bool> _services;

    public ComposePsCommand()
    {
        _all = Flags.Switch("all", 'a', "Show all stopped containers (including those created by the run command)");
        _format = Flags.Add(FormatOption.Create());
        _noTruncate = Flags.Switch("no-trunc", '\0', "Don't truncate output");
        _quiet = Flags.Switch("quiet", 'q', "Only display IDs");
        _services = Flags.Switch("services", '\0', "Display services");
    }

    public override string Usage => "ps [OPTIONS] [SERVICE...]";

    public override string Summary => "List containers";

    public override IReadOnlyList<string> Examples => ["boreal compose ps -a", "boreal compose ps --format json"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var containers = await ProjectContainers.ListAsync(context, await NameAsync(context), arguments, _all.Value, cancellationToken);
        if (!_all.Value) containers = [.. containers.Where(container => !ProjectContainers.IsOneOff(container))];
        if (_services.Value)
        {
            foreach (var service in containers.Select(ProjectContainers.ServiceOf).Distinct(StringComparer.Ordinal)) await context.Out.WriteLineAsync(service);
            return ExitCodes.Success;
        }

        var columns = ContainerColumns.Create(!_noTruncate.Value, context.Clock)
            .Add("Name", "NAME", ProjectContainers.Name)
            .Add("Service", "SERVICE", ProjectContainers.ServiceOf);
        await new Listing(columns, _quiet.Value ? "{{.ID}}" : _format.Value).WriteAsync<ContainerSummary>(context, containers, Table);
        return ExitCodes.Success;
    }
}
