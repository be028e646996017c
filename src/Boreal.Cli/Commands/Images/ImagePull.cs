using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Oci.References;

namespace Boreal.Cli.Commands.Images;

/// <summary>Pulls one image with the account kept for its registry and shows how it goes.</summary>
internal sealed record ImagePull(ImageReference Image, bool AllTags, string Platform, bool IsQuiet)
{
    /// <summary>For the verbs that pull what they miss: standard output is the container's.</summary>
    public bool ShowsOnError { get; init; }

    public async Task RunAsync(CliContext context, CancellationToken cancellationToken)
    {
        var auth = await context.Credentials.ForImageAsync(Image, context.Error);
        var version = AllTags ? "" : Image.Digest?.Value ?? Image.Tag ?? ImageReference.DefaultTag;
        await using var pull = await context.Client.Images.PullAsync(Image.FamiliarName, version, Platform, auth, cancellationToken);
        if (IsQuiet) await ProgressCheck.DrainAsync(pull.Content, cancellationToken);
        else await new ProgressDisplay(context, ShowsOnError).ShowAsync(pull.Content, cancellationToken);
    }
}
