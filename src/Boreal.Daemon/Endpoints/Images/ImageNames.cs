using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Oci.Content;
using Boreal.Oci.References;

namespace Boreal.Daemon.Endpoints.Images;

/// <summary>Names given as a repository and a tag.</summary>
internal static class ImageNames
{
    /// <summary>Null when there is no repository.</summary>
    public static ImageReference? FromQuery(string repository, string tag)
    {
        if (repository.Length == 0)
            return null;
        var reference = ImageStore.ParseReference(repository);
        if (reference.Digest is not null)
            throw new EngineException(ErrorKind.Invalid, "cannot import digest reference");
        if (tag.Length == 0)
            return reference.WithDefaultTag();
        if (Digest.TryParse(tag, out _) || !ImageReference.IsTag(tag))
            throw new EngineException(ErrorKind.Invalid, "invalid tag format");
        return reference.WithTag(tag);
    }

    /// <summary>What <c>fromImage</c> and <c>tag</c> ask for; the tag may be a digest, and without one all tags are meant.</summary>
    public static ImageReference ToPull(string name, string tag)
    {
        if (name.Length == 0)
            throw new EngineException(ErrorKind.Invalid, "invalid reference format");
        var reference = ImageStore.ParseReference(name);
        if (tag.Length == 0)
            return reference;
        if (Digest.TryParse(tag, out var digest))
            return reference.WithoutTag().WithDigest(digest);
        return WithTag(reference, tag);
    }

    /// <summary>What to push: without a tag all tags.</summary>
    public static ImageReference ToPush(string name, string tag)
    {
        var reference = ImageStore.ParseReference(name);
        return tag.Length == 0 ? reference : WithTag(reference.WithoutDigest(), tag);
    }

    private static ImageReference WithTag(ImageReference reference, string tag) =>
        ImageReference.IsTag(tag) ? reference.WithTag(tag) : throw new EngineException(ErrorKind.Invalid, "invalid tag format");
}
