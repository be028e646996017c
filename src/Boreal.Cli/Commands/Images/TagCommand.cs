using Boreal.Cli.CommandLine;
using Boreal.Cli.Parsing;
using Boreal.Cli.Session;
using Boreal.Notation;

namespace Boreal.Cli.Commands.Images;

internal sealed class TagCommand : Command
{
    public override string Usage => "tag SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]";

    public override string Summary => "Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(2);

    public override IReadOnlyList<string> Aliases => ["image tag", "tag"];

    public override IReadOnlyList<string> Examples => ["boreal tag web:latest web:1.2"];

    public override string ArgumentNoun => "image";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var target = arguments[1];
        if (target.Contains('@', StringComparison.Ordinal)) throw new CommandFailedException("refusing to create a tag with a digest reference");
        if (target.Length is 0 || target.Any(char.IsWhiteSpace)) throw new CommandFailedException($"Error parsing reference: {GoText.Quote(target)} is not a valid repository/tag: invalid reference format");
        if (ImageNames.Split(target).Repository.Any(char.IsAsciiLetterUpper) && !ImageNames.Split(target).Repository.Contains('/', StringComparison.Ordinal))
            throw new CommandFailedException($"Error parsing reference: {GoText.Quote(target)} is not a valid repository/tag: invalid reference format: repository name (library/{ImageNames.Split(target).Repository}) must be lowercase");
        var (repository, tag) = ImageNames.Split(ImageNames.WithTag(target));
        await context.Client.Images.TagAsync(arguments[0], repository, tag, cancellationToken);
        return ExitCodes.Success;
    }
}
