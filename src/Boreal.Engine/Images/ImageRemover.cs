using System.Security.Cryptography;
using System.Text;
using Boreal.Engine.Containers;
using Boreal.Engine.Errors;
using Boreal.Oci.Content;
using Boreal.Oci.References;

namespace Boreal.Engine.Images;

/// <summary>
/// Removes names and images by Docker's rules: a name goes alone while others remain; children and running containers
/// always keep an image, stopped containers and several names keep it unless forced.
/// </summary>
public sealed class ImageRemover
{
    private readonly Lock _lock = new();
    private readonly ImageStore _images;
    private readonly ContainerRegistry _containers;

    internal ImageRemover(ImageStore images, ContainerRegistry containers) => (_images, _containers) = (images, containers);

    [Flags]
    private enum Conflicts
    {
        Children = 1,
        Running = 2,
        References = 4,
        Stopped = 8,
        Hard = Children | Running,
        Soft = References | Stopped,
    }

    /// <summary>Removes what <paramref name="nameOrId"/> names; <paramref name="prune"/> takes nameless parents along.</summary>
    public IReadOnlyList<ImageRemoval> Remove(string nameOrId, bool force, bool prune)
    {
        lock (_lock)
        {
            var image = _images.Find(nameOrId);
            var removed = new List<ImageRemoval>();
            var references = _images.References(image.Id);
            var untagged = false;
            if (!IsIdPrefix(image.Id, nameOrId))
            {
                if (!force && IsSingle(references) && Users(image.Id).FirstOrDefault() is { } user)
                    throw new EngineException(ErrorKind.Conflict,
                        $"conflict: unable to remove repository reference \"{nameOrId}\" (must force) - container {user.Id.Short} is using its referenced image {image.Id.Short}");
                UntagWithDigests(image, ImageStore.ParseReference(nameOrId).WithDefaultTag(), removed);
                if (_images.References(image.Id).Count > 0)
                    return removed;
                untagged = true;
            }
            else if (IsSingle(references))
            {
                Check(image, Conflicts.Hard | (force ? 0 : Conflicts.Stopped));
                foreach (var reference in references)
                    Untag(image, reference, removed);
            }

            Delete(image, removed, force, prune, quiet: untagged);
            return removed;
        }
    }

    private void UntagWithDigests(Image image, ImageReference reference, List<ImageRemoval> removed)
    {
        Untag(image, reference, removed);
        var rest = _images.References(image.Id);
        if (reference.Digest is not null || rest.Any(other => other.Digest is null && other.Repository == reference.Repository))
            return;
        foreach (var digest in rest.Where(other => other.Digest is not null && other.Repository == reference.Repository))
            Untag(image, digest, removed, announced: false);
    }

    private void Untag(Image image, ImageReference reference, List<ImageRemoval> removed, bool announced = true)
    {
        if (!_images.Untag(reference))
            return;
        // Docker does not tell of the digests that go with their repository's last tag.
        if (announced)
            _images.Publish("untag", image, image.Id.ToString());
        removed.Add(new ImageRemoval { Untagged = reference.Familiar });
    }

    private void Delete(Image image, List<ImageRemoval> removed, bool force, bool prune, bool quiet)
    {
        try
        {
            Check(image, Conflicts.Hard | (force ? 0 : Conflicts.Soft));
        }
        // The name was what the client asked to remove; that something still needs the image is no failure then.
        catch (EngineException) when (quiet && (_images.References(image.Id).Count > 0 || Users(image.Id).Any()))
        {
            return;
        }

        foreach (var reference in _images.References(image.Id))
            Untag(image, reference, removed);
        var chains = UnsharedChains(image);
        _images.Remove(image.Id);
        _images.Publish("delete", image, image.Id.ToString());
        removed.Add(new ImageRemoval { Deleted = image.Id.ToString() });
        removed.AddRange(chains.Select(chain => new ImageRemoval { Deleted = chain.Value }));
        if (prune && image.Parent is { } parent && _images.TryFind(parent.ToString()) is { } next)
            Delete(next, removed, force: false, prune: true, quiet: true);
    }

    private void Check(Image image, Conflicts mask)
    {
        if (mask.HasFlag(Conflicts.Children) && _images.Children(image.Id).Count > 0)
            throw Conflict(image, "cannot be forced", "image has dependent child images");
        if (mask.HasFlag(Conflicts.Running) && Users(image.Id).FirstOrDefault(user => user.Status.IsRunning) is { } running)
            throw Conflict(image, "cannot be forced", $"image is being used by running container {running.Id.Short}");
        if (mask.HasFlag(Conflicts.References) && _images.References(image.Id).Count > 0)
            throw Conflict(image, "must be forced", "image is referenced in multiple repositories");
        if (mask.HasFlag(Conflicts.Stopped) && Users(image.Id).FirstOrDefault() is { } stopped)
            throw Conflict(image, "must be forced", $"image is being used by stopped container {stopped.Id.Short}");
    }

    private static EngineException Conflict(Image image, string force, string reason) =>
        new(ErrorKind.Conflict, $"conflict: unable to delete {image.Id.Short} ({force}) - {reason}");

    private IEnumerable<Container> Users(ImageId id)
    {
        var text = id.ToString();
        return _containers.List().Where(container => container.Spec.ImageId == text);
    }

    // Docker names a stack of layers by one digest; listed are those no other image or container stands on, top first.
    private List<Digest> UnsharedChains(Image image)
    {
        var others = _images.List().Where(other => other.Id != image.Id).SelectMany(other => Chains(other.LayerChain)).ToHashSet();
        return Users(image.Id).Any() ? [] : [.. Chains(image.LayerChain).Reverse().Where(chain => !others.Contains(chain))];
    }

    private static IEnumerable<Digest> Chains(IReadOnlyList<Digest> diffIds)
    {
        Digest chain = default;
        foreach (var diffId in diffIds)
        {
            chain = chain.HasValue ? Digest.FromSha256(SHA256.HashData(Encoding.ASCII.GetBytes($"{chain} {diffId}"))) : diffId;
            yield return chain;
        }
    }

    private static bool IsIdPrefix(ImageId id, string text) =>
        id.ToString().StartsWith(text, StringComparison.Ordinal) || id.Digest.Hex.StartsWith(text, StringComparison.Ordinal);

    // One tag, with any digests of the same repository; or digests of one repository alone.
    private static bool IsSingle(IReadOnlyList<ImageReference> references) =>
        references.Count > 0 && references.Count(reference => reference.Digest is null) <= 1
        && references.Select(reference => reference.Repository).Distinct().Count() == 1;
}
