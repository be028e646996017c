using Boreal.Engine.Content;
using Boreal.Engine.Images;
using Boreal.Oci.Content;
using Boreal.Oci.References;

namespace Boreal.Engine.Transfers;

/// <summary>
/// What builds have pushed. Older clients push a name once more when its build is over; what lies here under that name is one image also
/// when several platforms were built, and must not take the place of them all: such a push has been done.
/// </summary>
public sealed class BuiltPushes
{
    private static readonly TimeSpan Lasting = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Push> _pushes = new(StringComparer.Ordinal);
    private readonly ImageStore _images;
    private readonly BlobStore _blobs;
    private readonly TimeProvider _time;

    internal BuiltPushes(ImageStore images, BlobStore blobs, TimeProvider time) => (_images, _blobs, _time) = (images, blobs, time);

    /// <summary>An image that is here went out as this manifest: it goes out as the same again, and is known by its digest.</summary>
    public void Note(Image image, ImageReference name, Digest manifest, ReadOnlyMemory<byte> document)
    {
        using var lease = _blobs.Lease(manifest);
        _blobs.PutDocument(manifest, document.ToArray());
        _images.Depart(image.Id, manifest, name.WithoutTag().WithDigest(manifest));
    }

    /// <summary>Several images went out under a name, which means one of them here.</summary>
    public void NoteIndex(Image image, ImageReference name, Digest index, long size)
    {
        _images.Name(image.Id, name.WithoutTag().WithDigest(index));
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            foreach (var old in _pushes.Where(push => now - push.Value.Time > Lasting).Select(push => push.Key).ToList())
                _pushes.Remove(old);
            _pushes[name.ToString()] = new Push(new PushedManifest(name.Tag ?? ImageReference.DefaultTag, index, size), image.Id, now);
        }
    }

    /// <summary>The push that a client's own would only repeat; null when it is due.</summary>
    internal PushedManifest? TryTake(ImageReference name)
    {
        lock (_lock)
        {
            return _pushes.Remove(name.ToString(), out var push) && _time.GetUtcNow() - push.Time <= Lasting && _images.TryFind(name)?.Id == push.Image ? push.Manifest : null;
        }
    }

    private sealed record Push(PushedManifest Manifest, ImageId? Image, DateTimeOffset Time);
}
