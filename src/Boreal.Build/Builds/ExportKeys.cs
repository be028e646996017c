namespace Boreal.Build.Builds;

/// <summary>The names under which clients look for what an export came to.</summary>
internal static class ExportKeys
{
    public const string Digest = "containerimage.digest";
    public const string ConfigDigest = "containerimage.config.digest";
    public const string Descriptor = "containerimage.descriptor";
    public const string Name = "image.name";
}
