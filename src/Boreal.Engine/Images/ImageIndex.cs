using Boreal.Oci.Content;
using Boreal.Oci.References;

namespace Boreal.Engine.Images;

/// <summary>All images and their names at one moment. Immutable; every change makes a new one.</summary>
internal sealed class ImageIndex
{
    private readonly Dictionary<string, Image> _byReference = [];
    private readonly SortedList<string, Image> _byHex = new(StringComparer.Ordinal);

    public ImageIndex(IEnumerable<(Image Image, ImageRecord Record)> images)
    {
        foreach (var (image, record) in images)
        {
            _byHex.Add(image.Id.Digest.Hex, image);
            foreach (var reference in record.References)
                _byReference[reference] = image;
        }
    }

    public IEnumerable<Image> Images => _byHex.Values;

    public Image? Get(ImageId id) => _byHex.GetValueOrDefault(id.Digest.Hex);

    public Image? Get(ImageReference reference) => _byReference.GetValueOrDefault(KeyOf(reference));

    /// <summary>What a reference is stored under. A digest says more than a tag beside it, which is ignored.</summary>
    public static string KeyOf(ImageReference reference) =>
        (reference.Digest is null ? reference.WithDefaultTag() : reference.WithoutTag()).ToString();

    /// <summary>By id, then name, then unique id prefix, as Docker looks images up.</summary>
    public Image? Find(string nameOrId)
    {
        if (Digest.TryParse(nameOrId, out var digest) || Digest.TryParse("sha256:" + nameOrId, out digest))
            return Get(new ImageId(digest));
        return ImageReference.TryParse(nameOrId, out var reference) && reference is not null && Get(reference) is { } named
            ? named
            : ByPrefix(nameOrId);
    }

    private Image? ByPrefix(string text)
    {
        const string Algorithm = "sha256:";
        var prefix = text.StartsWith(Algorithm, StringComparison.Ordinal) ? text[Algorithm.Length..] : text;
        if (prefix.Length is 0 or > 64 || !prefix.All(char.IsAsciiHexDigitLower))
            return null;
        var matches = _byHex.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).Take(2).ToList();
        return matches.Count == 1 ? matches[0].Value : null;
    }
}
