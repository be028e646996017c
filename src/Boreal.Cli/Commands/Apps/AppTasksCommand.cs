using Boreal.Api.Apps;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Cli.Templates.Values;

namespace Boreal.Cli.Commands.Apps;

internal sealed class AppTasksCommand : Command
{
    private const string Table = "table {{.ID}}\\t{{.Service}}\\t{{.Slot}}\\t{{.Revision}}\\t{{.State}}\\t{{.Rotation}}\\t{{.Container}}\\t{{.Why}}";
    private const int ShortId = 12;

    private readonly ValueFlag<bool> _all;
    private readonly ValueFlag<string> _format;

    public AppTasksCommand()
    {
        _all = Flags.Switch("all", 'a', "Also tasks that have been replaced or ended");
        _format = Flags.Add(FormatOption.Create());
    }

    public override string Usage => "ps [OPTIONS] APP[/SERVICE]";

    public override string Summary => "List the tasks of an app";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(1);

    public override IReadOnlyList<string> Aliases => ["app ps"];

    public override IReadOnlyList<string> Examples => ["boreal app ps shop", "boreal app ps --all shop/web"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (app, service) = arguments[0].Split('/', 2) is [var first, var second] ? (first, second) : (arguments[0], "");
        var services = service is "" ? (await context.Client.Apps.InspectAsync(app, cancellationToken)).Services : [await context.Client.Apps.InspectAsync(app, service, cancellationToken)];
        var tasks = services.SelectMany(one => one.Tasks).Where(task => _all.Value || task.Desired < TaskState.Shutdown);
        var columns = new TypedColumns<TaskSummary>("*app.task")
            .Add("ID", "TASK", task => task.Id[..Math.Min(ShortId, task.Id.Length)])
            .Add("Service", "SERVICE", task => task.Service)
            .Add("Slot", "SLOT", task => $"{task.Slot}")
            .Add("Revision", "REVISION", task => $"{task.Revision}")
            .Add("Desired", "DESIRED", task => task.Desired.ToString().ToLowerInvariant())
            .Add("State", "STATE", task => task.State.ToString().ToLowerInvariant())
            .Add("Rotation", "ROTATION", task => task.Rotation)
            .Add("Container", "CONTAINER", task => task.ContainerName)
            .Add("Image", "IMAGE", task => task.Image)
            .Add("Node", "NODE", task => task.Node)
            .Add("Why", "WHY", task => task.Why);
        await new Listing(columns, _format.Value).WriteAsync(context, tasks, Table);
        return ExitCodes.Success;
    }
}
