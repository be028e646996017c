using Boreal.Api.Apps;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Cli.Templates.Values;

namespace Boreal.Cli.Commands.Apps;

internal sealed class AppListCommand : Command
{
    private const string Table = "table {{.Name}}\\t{{.Services}}\\t{{.Running}}\\t{{.Status}}\\t{{.ConfigFiles}}";

    private readonly ValueFlag<string> _format;
    private readonly ValueFlag<bool> _quiet;

    public AppListCommand()
    {
        _format = Flags.Add(FormatOption.Create());
        _quiet = Flags.Switch("quiet", 'q', "Only display names");
    }

    public override string Usage => "ls [OPTIONS]";

    public override string Summary => "List apps";

    public override ArgumentCount Arguments => ArgumentCount.None;

    public override IReadOnlyList<string> Aliases => ["app ls", "app list"];

    public override IReadOnlyList<string> Examples => ["boreal app ls"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var columns = new TypedColumns<AppSummary>("*app.summary")
            .Add("Name", "NAME", app => app.Name)
            .Add("Services", "SERVICES", app => $"{app.Services}")
            .Add("Running", "RUNNING", app => $"{app.Counts.Running}/{app.Counts.Desired}")
            .Add("Status", "STATUS", app => app.Converged ? "as asked" : "on the way")
            .Add("WorkingDir", "FOLDER", app => app.WorkingDir)
            .Add("ConfigFiles", "CONFIG FILES", app => app.ConfigFiles);
        var format = _quiet.Value && _format.Value is "" ? "{{.Name}}" : _format.Value;
        await new Listing(columns, format).WriteAsync(context, await context.Client.Apps.ListAsync(cancellationToken), Table);
        return ExitCodes.Success;
    }
}
