using Boreal.Api.Volumes;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Parsing;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Volumes;

internal sealed class VolumeCreateCommand : Command
{
    private readonly ValueFlag<string> _driver;
    private readonly ListFlag _labels;
    private readonly ValueFlag<string> _name;
    private readonly ListFlag _options;

    public VolumeCreateCommand()
    {
        _driver = Flags.Text("driver", 'd', "Specify volume driver name", "local");
        _labels = Flags.List("label", '\0', "Set metadata for a volume", KeyValueFiles.CheckLabel);
        _name = Flags.Add(new ValueFlag<string>("name", '\0', "Specify volume name", "", static text => text) { ValueName = "string", IsHidden = true });
        _options = Flags.Add(new ListFlag("opt", 'o', "Set driver specific options") { ValueName = "map" });
    }

    public override string Usage => "create [OPTIONS] [VOLUME]";

    public override string Summary => "Create a volume";

    public override ArgumentCount Arguments => new(0, 1);

    public override IReadOnlyList<string> Examples =>
    [
        "boreal volume create data", "boreal volume create --label keep=yes data", "boreal volume create -o type=tmpfs -o device=tmpfs -o o=size=100m scratch",
        "boreal volume create -o type=nfs -o device=:/export -o o=addr=10.0.0.5,rw shared",
    ];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (_name.Value.Length > 0 && arguments.Count > 0)
            throw new CommandFailedException("conflicting options: cannot specify a volume-name through both --name and as a positional arg");
        var created = await context.Client.Volumes.CreateAsync(
            new VolumeCreateRequest
            {
                Name = arguments.Count > 0 ? arguments[0] : _name.Value,
                Driver = _driver.Value,
                DriverOpts = Given(_options),
                Labels = Given(_labels),
            },
            cancellationToken);
        await context.Out.WriteLineAsync(created.Name);
        return ExitCodes.Success;
    }

    private static SortedDictionary<string, string>? Given(ListFlag pairs) => pairs.IsGiven ? KeyValueFiles.Map(pairs.Values) : null;
}
