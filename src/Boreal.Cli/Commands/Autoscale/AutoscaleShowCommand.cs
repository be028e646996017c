using System.Text.Json;
using Boreal.Api.Apps;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Apps;
using Boreal.Cli.Commands.Options;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Autoscale;

internal sealed class AutoscaleShowCommand : Command
{
    private readonly ValueFlag<string> _format;

    public AutoscaleShowCommand() => _format = Flags.Add(FormatOption.Create());

    public override string Usage => "show [OPTIONS] [APP/]SERVICE";

    public override string Summary => "Show how a service scales, and what was seen of it last";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(1);

    public override IReadOnlyList<string> Aliases => ["autoscale show"];

    public override IReadOnlyList<string> Examples => ["boreal autoscale show shop/web", "boreal autoscale show --format json web"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (app, service) = await ServiceName.ResolveAsync(context.Client.Apps, arguments[0], cancellationToken);
        var report = await context.Client.Apps.AutoscaleAsync(app, service, cancellationToken);
        if (_format.Value is "json")
        {
            await context.Out.WriteLineAsync(JsonIndent.Indent(JsonSerializer.SerializeToUtf8Bytes(report, AppsJsonContext.Default.AutoscaleReport)));
            return ExitCodes.Success;
        }
        if (_format.Value.Length > 0)
            throw new CommandFailedException($"invalid format {_format.Value}: write json, or leave it out");

        await context.Out.WriteLineAsync($"{app}/{service}: {State(report)}");
        foreach (var reason in report.Reasons)
            await context.Out.WriteLineAsync($"  {reason}");
        if (report.Settings is { } settings)
            await context.Out.WriteLineAsync(JsonIndent.Indent(JsonSerializer.SerializeToUtf8Bytes(settings, AppsJsonContext.Default.JsonElement)));
        return ExitCodes.Success;
    }

    private static string State(AutoscaleReport report) => report switch
    {
        { Settings: null } => $"{report.Replicas} replicas; does not scale by itself",
        { Paused: true } => $"{report.Replicas} replicas; paused, 'boreal autoscale resume' lets it scale again",
        { LookedAt: { } at } => $"{report.Replicas} replicas; looked at {at.UtcDateTime:HH:mm:ss}Z",
        _ => $"{report.Replicas} replicas; not looked at yet",
    };
}
