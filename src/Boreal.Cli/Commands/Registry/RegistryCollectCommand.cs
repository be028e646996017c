using System.Text.Json;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Registry;

internal sealed class RegistryCollectCommand : Command
{
    private readonly ValueFlag<bool> _dryRun;
    private readonly ListFlag _insecure;
    private readonly ValueFlag<bool> _json;
    private readonly ValueFlag<bool> _untagged;

    public RegistryCollectCommand()
    {
        _untagged = Flags.Switch("delete-untagged", '\0', "Remove manifests without a tag too, that nothing with a tag needs");
        _dryRun = Flags.Switch("dry-run", '\0', "Only say what would be removed");
        _insecure = InsecureFlag.AddTo(Flags);
        _json = Flags.Switch("json", '\0', "Print the whole report as JSON");
    }

    public override string Usage => "gc [OPTIONS] [REGISTRY]";

    public override string Summary => $"Remove what nothing in a registry names any more (default {RegistryConnection.Default})";

    public override ArgumentCount Arguments => new(0, 1);

    public override IReadOnlyList<string> Examples => ["boreal registry gc --dry-run", "boreal registry gc --delete-untagged registry.example.com:5000"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var domain = arguments.Count > 0 ? arguments[0] : RegistryConnection.Default;
        using var connection = new RegistryConnection(context, _insecure.Values);
        var report = await connection.Client.CollectGarbageAsync(domain, connection.CredentialsOf(domain), _dryRun.Value, _untagged.Value, cancellationToken);
        if (_json.Value)
        {
            await context.OutStream.WriteAsync(report, cancellationToken);
            await context.Out.WriteLineAsync();
            return ExitCodes.Success;
        }

        using var document = JsonDocument.Parse(report);
        await WriteAsync(context.Out, document.RootElement);
        return ExitCodes.Success;
    }

    private static async Task WriteAsync(TextWriter output, JsonElement report)
    {
        foreach (var removed in report.Items("removed"))
            await output.WriteLineAsync($"{removed.Text("repository")}@{removed.Text("digest")}");
        var verb = report.Truth("dryRun") ? "Would remove" : "Removed";
        await output.WriteLineAsync(
            $"{verb} {report.Number("manifests")} manifests, {report.Number("blobs")} blobs of repositories, {report.Number("files")} files, {report.Number("uploads")} uploads");
        await output.WriteLineAsync($"Total reclaimed space: {Units.Size(report.Number("bytes"))}");
    }
}
