using Boreal.Oci.Content;
using Boreal.Oci.References;
using Boreal.Registry.Errors;

namespace Boreal.Registry.Repositories;

/// <summary>How a request names a manifest: by tag or by digest.</summary>
internal readonly record struct ManifestReference
{
    private readonly string? _tag;

    private ManifestReference(string? tag, Digest? digest)
    {
        _tag = tag;
        Digest = digest;
    }

    public Digest? Digest { get; }

    /// <summary>The tag; only when there is no digest.</summary>
    public string Tag => _tag ?? throw new InvalidOperationException("this reference is a digest");

    public string Text => Digest?.Value ?? Tag;

    /// <exception cref="RegistryException">Neither a tag nor a digest.</exception>
    public static ManifestReference Parse(string text)
    {
        if (text.Contains(':'))
            return new ManifestReference(null, Digests.Parse(text));
        return ImageReference.IsTag(text)
            ? new ManifestReference(text, null)
            : throw new RegistryException(RegistryErrorCode.ManifestInvalid, "invalid tag name") { Detail = text };
    }

    public override string ToString() => Text;
}
