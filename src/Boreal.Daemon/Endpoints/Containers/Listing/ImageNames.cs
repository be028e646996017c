using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Images;

namespace Boreal.Daemon.Endpoints.Containers.Listing;

/// <summary>What lists ask about images, each name looked up once per list.</summary>
internal sealed class ImageNames(ImageStore images)
{
    private readonly Dictionary<string, string?> _idByName = new(StringComparer.Ordinal);

    /// <summary>The name a container was made by; its image's id once the name stands for another image.</summary>
    public string Of(ContainerSpec spec)
    {
        if (!_idByName.TryGetValue(spec.ImageName, out var id))
            _idByName[spec.ImageName] = id = images.TryFind(spec.ImageName)?.Id.ToString();
        return id == spec.ImageId ? spec.ImageName : spec.ImageId;
    }

    /// <summary>Ids of the named images and of all that were made from them.</summary>
    public ISet<string> Descendants(IReadOnlyList<string> names)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<Image>(names.Select(images.TryFind).OfType<Image>());
        while (open.TryDequeue(out var image))
        {
            if (!found.Add(image.Id.ToString()))
                continue;
            foreach (var child in images.Children(image.Id))
                open.Enqueue(child);
        }
        return found;
    }
}
