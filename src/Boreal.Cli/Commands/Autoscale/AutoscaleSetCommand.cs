using System.Text.Json;
using Boreal.Api.Apps;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Apps;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Autoscale;

internal sealed class AutoscaleSetCommand : Command
{
    private readonly ValueFlag<string> _file;

    public AutoscaleSetCommand() => _file = Flags.Text("file", 'f', "JSON file with the settings, in the shape of x-autoscale", "file");

    public override string Usage => "set [OPTIONS] [APP/]SERVICE [KEY=VALUE...]";

    public override string Summary => "Let a service scale by itself";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Aliases => ["autoscale set"];

    public override IReadOnlyList<string> Examples =>
    [
        "boreal autoscale set shop/web min=1 max=10 cpu=60%",
        "boreal autoscale set shop/web max=10 cpu=60% scale_down.stabilization=2m",
        "boreal autoscale set shop/web --file autoscale.json",
    ];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var settings = _file.Value.Length > 0 ? await ReadAsync(_file.Value, cancellationToken) : Words(arguments.Skip(1));
        if (_file.Value.Length > 0 && arguments.Count > 1)
            throw new CommandFailedException("settings stand either in a file or on the command line");
        var (app, service) = await ServiceName.ResolveAsync(context.Client.Apps, arguments[0], cancellationToken);
        await context.Client.Apps.SetAutoscaleAsync(app, service, settings, cancellationToken);
        return ExitCodes.Success;
    }

    private static JsonElement Words(IEnumerable<string> words)
    {
        try
        {
            return AutoscaleWords.Read(words.Select(word => word.Split('=', 2) is [{ Length: > 0 } key, var value]
                ? KeyValuePair.Create(key, value)
                : throw new FormatException($"invalid setting {word}: write KEY=VALUE, as max=10 or cpu=60%")));
        }
        catch (FormatException exception)
        {
            throw new CommandFailedException(exception.Message);
        }
    }

    private static async Task<JsonElement> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(path, cancellationToken));
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new CommandFailedException($"{path} is no JSON: {exception.Message}");
        }
    }
}
