namespace Boreal.Cli.Building.Results;

/// <summary>What daemons call the parts of an answer about an image.</summary>
internal static class ImageKeys
{
    public const string Digest = "containerimage.digest";
    public const string ConfigDigest = "containerimage.config.digest";

    /// <summary>The id under which a daemon knows the image; empty when there is none.</summary>
    public static string IdOf(IReadOnlyDictionary<string, string> answer) => answer.GetValueOrDefault(ConfigDigest) ?? answer.GetValueOrDefault(Digest) ?? "";
}
