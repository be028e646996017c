using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;
using Boreal.Compose.Requests;

namespace Boreal.Cli.Commands.Compose;

/// <summary>The version of stock compose that this one answers like is what scripts ask for.</summary>
internal sealed class ComposeVersionCommand : ComposeCommand
{
    private readonly ValueFlag<string> _format;
    private readonly ValueFlag<bool> _short;

    public ComposeVersionCommand()
    {
        _format = Flags.Text("format", 'f', "Format the output. Values: [pretty | json]. (Default: pretty)");
        _short = Flags.Switch("short", '\0', "Shows only Compose's version number");
    }

    public override string Usage => "version [OPTIONS]";

    public override string Summary => "Show the Compose version information";

    public override ArgumentCount Arguments => ArgumentCount.None;

    public override IReadOnlyList<string> Examples => ["boreal compose version --short"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        await context.Out.WriteLineAsync(_short.Value ? ComposeLabels.CompatibleVersion
            : _format.Value is "json" ? $$"""{"version":"{{ComposeLabels.CompatibleVersion}}","boreal":"{{ProductVersion.Text}}"}"""
            : $"Docker Compose version {ComposeLabels.CompatibleVersion} (Boreal {ProductVersion.Text})");
        return ExitCodes.Success;
    }
}
