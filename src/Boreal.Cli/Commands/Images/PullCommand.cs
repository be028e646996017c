using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;
using Boreal.Notation;

namespace Boreal.Cli.Commands.Images;

internal sealed class PullCommand : Command
{
    private readonly ValueFlag<bool> _allTags;
    private readonly ValueFlag<string> _platform;
    private readonly ValueFlag<bool> _quiet;

    public PullCommand()
    {
        _allTags = Flags.Switch("all-tags", 'a', "Download all tagged images in the repository");
        Flags.Add(new ValueFlag<bool>("disable-content-trust", '\0', "Skip image verification", true, GoNumbers.ParseBoolean) { ValueWhenBare = "true", IsHidden = true });
        _platform = Flags.Text("platform", '\0', "Set platform if server is multi-platform capable");
        _quiet = Flags.Switch("quiet", 'q', "Suppress verbose output");
    }

    public override string Usage => "pull [OPTIONS] NAME[:TAG|@DIGEST]";

    public override string Summary => "Download an image from a registry";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(1);

    public override IReadOnlyList<string> Aliases => ["image pull", "pull"];

    public override IReadOnlyList<string> Examples =>
        ["boreal pull nginx", "boreal pull --platform linux/arm64 registry.example.com/team/web:1.2", "boreal pull -a localhost:5000/web"];

    public override string ArgumentNoun => "image";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var image = await NamedImage.ReadAsync(context, arguments[0], _allTags.Value, _quiet.Value);
        await new ImagePull(image, _allTags.Value, _platform.Value, _quiet.Value).RunAsync(context, cancellationToken);
        await context.Out.WriteLineAsync(image.ToString());
        return ExitCodes.Success;
    }
}
