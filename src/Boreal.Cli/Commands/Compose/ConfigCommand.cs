using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Compose.Interpolation;
using Boreal.Compose.Loading;
using Boreal.Compose.Projects;
using Boreal.Compose.Rendering;
using Boreal.Compose.Yaml;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ConfigCommand : ComposeCommand
{
    private readonly ValueFlag<string> _format;
    private readonly ValueFlag<string> _hash;
    private readonly ValueFlag<bool> _images;
    private readonly ValueFlag<bool> _networks;
    private readonly ValueFlag<bool> _noConsistency;
    private readonly ValueFlag<bool> _noInterpolate;
    private readonly ValueFlag<bool> _noNormalize;
    private readonly ValueFlag<bool> _noPathResolution;
    private readonly ValueFlag<string> _output;
    private readonly ValueFlag<bool> _profiles;
    private readonly ValueFlag<bool> _quiet;
    private readonly ValueFlag<bool> _digests;
    private readonly ValueFlag<bool> _services;
    private readonly ValueFlag<bool> _variables;
    private readonly ValueFlag<bool> _volumes;

    public ConfigCommand()
    {
        _format = Flags.Text("format", '\0', "Format the output. Values: [yaml | json]", "yaml");
        _hash = Flags.Text("hash", '\0', "Print the service config hash, one per line. \"*\" for all services");
        _images = Flags.Switch("images", '\0', "Print the image names, one per line.");
        _networks = Flags.Switch("networks", '\0', "Print the network names, one per line.");
        _noConsistency = Flags.Switch("no-consistency", '\0', "Don't check model consistency - warning: may produce invalid Compose output");
        _noInterpolate = Flags.Switch("no-interpolate", '\0', "Don't interpolate environment variables");
        _noNormalize = Flags.Switch("no-normalize", '\0', "Don't normalize compose model");
        _noPathResolution = Flags.Switch("no-path-resolution", '\0', "Don't resolve file paths");
        _output = Flags.Text("output", 'o', "Save to file (default to stdout)");
        _profiles = Flags.Switch("profiles", '\0', "Print the profile names, one per line.");
        _quiet = Flags.Switch("quiet", 'q', "Only validate the configuration, don't print anything");
        _digests = Flags.Switch("resolve-image-digests", '\0', "Pin image tags to digests");
        _services = Flags.Switch("services", '\0', "Print the service names, one per line.");
        _variables = Flags.Switch("variables", '\0', "Print model variables and default values.");
        _volumes = Flags.Switch("volumes", '\0', "Print the volume names, one per line.");
    }

    public override string Usage => "config [OPTIONS] [SERVICE...]";

    public override string Summary => "Parse, resolve and render compose file in canonical format";

    public override IReadOnlyList<string> Aliases => ["compose config", "compose convert"];

    public override IReadOnlyList<string> Examples => ["boreal compose config --quiet", "boreal compose -f compose.yaml -f compose.prod.yaml config", "boreal compose config --hash '*'"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (_format.Value is not ("yaml" or "json")) throw new CommandFailedException($"unsupported format \"{_format.Value}\"");
        var options = Options(_services.Value || _volumes.Value || _networks.Value || _hash.IsGiven ? [] : arguments) with
        {
            ChecksConsistency = !_noConsistency.Value,
            Interpolates = !_noInterpolate.Value && !_variables.Value,
            Normalizes = !_noNormalize.Value && !ProjectOptions.Compatibility.Value,
            ResolvesPaths = !_noPathResolution.Value,
            ResolvesEnvironment = !IsList,
        };
        if (_variables.Value) await WriteAsync(context, Table(VariableFinder.Find(await LoadModelAsync(context, options))));
        else if (!options.Interpolates && !IsList) await WriteAsync(context, ConfigText.RenderModel(await LoadModelAsync(context, options), _format.Value is "json"));
        else await WriteAsync(context, await TextAsync(context, await LoadAsync(context, options, static loader => loader.Load()), cancellationToken));
        return ExitCodes.Success;
    }

    private bool IsList => _services.Value || _volumes.Value || _networks.Value || _profiles.Value || _images.Value || _hash.IsGiven;

    private Task<MappingNode> LoadModelAsync(CliContext context, LoadOptions options) => LoadAsync(context, options, static loader => loader.LoadModel());

    private async Task<string> TextAsync(CliContext context, Project project, CancellationToken cancellationToken)
    {
        if (_services.Value) return Lines(project.Services.Keys.Order(StringComparer.Ordinal));
        if (_volumes.Value) return Lines((project.Model.Mapping("volumes")?.Keys ?? []).Order(StringComparer.Ordinal));
        if (_networks.Value) return Lines((project.Model.Mapping("networks")?.Keys ?? []).Order(StringComparer.Ordinal));
        if (_hash.IsGiven) return Lines(Hashes(project));
        if (_profiles.Value) return Lines(ProjectLists.Profiles(project));
        if (_images.Value) return Lines(ProjectLists.Images(project));
        if (_digests.Value) await new ImagePinning(context).ApplyAsync(project, cancellationToken);
        return ConfigText.Render(project, _format.Value is "json");
    }

    private IEnumerable<string> Hashes(Project project)
    {
        var names = _hash.Value is "*" ? project.Services.Keys : _hash.Value.Split(',');
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            var service = project.Services.Mapping(name) ?? throw new CommandFailedException($"no such service: {name}", ExitCodes.ComposeFile);
            yield return $"{name} {ConfigText.Hash(service)}";
        }
    }

    private async Task WriteAsync(CliContext context, string text)
    {
        if (_quiet.Value) return;
        if (_output.Value.Length > 0) await File.WriteAllTextAsync(_output.Value, text);
        else await context.Out.WriteAsync(text);
    }

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    private static string Table(IReadOnlyCollection<Variable> variables)
    {
        var rows = variables.Select(variable => $"{variable.Name}\t{(variable.IsRequired ? "true" : "false")}\t{variable.Default}\t{variable.Alternate}");
        return TabTable.Align(Lines(rows.Prepend("NAME\tREQUIRED\tDEFAULT VALUE\tALTERNATE VALUE")), leastWidth: 20);
    }
}
