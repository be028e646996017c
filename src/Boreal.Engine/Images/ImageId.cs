using Boreal.Oci.Content;

namespace Boreal.Engine.Images;

/// <summary>An image's identity: the digest of its configuration document, <c>sha256:...</c>.</summary>
public readonly record struct ImageId(Digest Digest)
{
    /// <summary>First 12 hex digits.</summary>
    public string Short => Digest.Short;

    /// <exception cref="FormatException">The text is no digest.</exception>
    public static ImageId Parse(string text) => new(Digest.Parse(text));

    public override string ToString() => Digest.Value;
}
