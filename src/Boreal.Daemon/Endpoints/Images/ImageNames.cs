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
}
