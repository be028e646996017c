using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Notation;

namespace Boreal.Cli.Commands.Images;

internal sealed class PushCommand : Command
{
    private readonly ValueFlag<bool> _allTags;
    private readonly ValueFlag<bool> _quiet;

    public PushCommand()
    {
        _allTags = Flags.Switch("all-tags", 'a', "Push all tags of an image to the repository");
        Flags.Add(new ValueFlag<bool>("disable-content-trust", '\0', "Skip image signing", true, GoNumbers.ParseBoolean) { ValueWhenBare = "true", IsHidden = true });
        _quiet = Flags.Switch("quiet", 'q', "Suppress verbose output");
    }

    public override string Usage => "push [OPTIONS] NAME[:TAG]";

    public override string Summary => "Upload an image to a registry";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(1);

    public override IReadOnlyList<string> Aliases => ["image push", "push"];

    public override IReadOnlyList<string> Examples => ["boreal push registry.example.com/team/web:1.2", "boreal push -a localhost:5000/web"];

    public override string ArgumentNoun => "image";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var image = await NamedImage.ReadAsync(context, arguments[0], _allTags.Value, _quiet.Value);
        // What has been said stands before the daemon is asked, which may take long.
        await context.Out.FlushAsync(cancellationToken);
        var auth = await context.Credentials.ForImageAsync(image, context.Error);
        await using var push = await context.Client.Images.PushAsync(image.FamiliarName, image.Tag ?? "", auth, cancellationToken);
        if (!_quiet.Value)
        {
            await new ProgressDisplay(context).ShowAsync(push.Content, cancellationToken);
            return ExitCodes.Success;
        }

        await ProgressCheck.DrainAsync(push.Content, cancellationToken);
        await context.Out.WriteLineAsync(image.ToString());
        return ExitCodes.Success;
    }
}
