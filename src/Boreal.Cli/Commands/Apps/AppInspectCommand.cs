using System.Text.Json;
using Boreal.Api.Apps;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Apps;

internal sealed class AppInspectCommand : Command
{
    public override string Usage => "inspect APP[/SERVICE]";

    public override string Summary => "Display detailed information on an app or a service";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(1);

    public override IReadOnlyList<string> Aliases => ["app inspect"];

    public override IReadOnlyList<string> Examples => ["boreal app inspect shop", "boreal app inspect shop/web"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var apps = context.Client.Apps;
        var json = arguments[0].Split('/', 2) is [var app, var service]
            ? JsonSerializer.SerializeToUtf8Bytes(await apps.InspectAsync(app, service, cancellationToken), AppsJsonContext.Default.ServiceInspect)
            : JsonSerializer.SerializeToUtf8Bytes(await apps.InspectAsync(arguments[0], cancellationToken), AppsJsonContext.Default.AppInspect);
        await context.Out.WriteLineAsync(JsonIndent.Indent(json));
        return ExitCodes.Success;
    }
}
