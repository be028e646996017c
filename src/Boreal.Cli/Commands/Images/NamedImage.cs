using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;
using Boreal.Oci.References;

namespace Boreal.Cli.Commands.Images;

/// <summary>An image as pull and push are told which one.</summary>
internal static class NamedImage
{
    /// <summary>With the usual tag where none is given, which is said; without one where all are meant.</summary>
    public static async Task<ImageReference> ReadAsync(CliContext context, string text, bool isAll, bool isQuiet)
    {
        var image = ImageReference.Parse(text);
        var isBare = image.Tag is null && image.Digest is null;
        if (isAll && !isBare) throw new CommandFailedException("tag can't be used with --all-tags/-a");
        if (isAll || !isBare) return image;
        if (!isQuiet) await context.Out.WriteLineAsync($"Using default tag: {ImageReference.DefaultTag}");
        return image.WithDefaultTag();
    }
}
