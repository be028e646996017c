using System.Text.Json;
using Boreal.Engine.Archives;
using Boreal.Engine.Errors;
using Boreal.Engine.Layers;
using Boreal.Oci.Archives;
using Boreal.Oci.Content;
using Boreal.Oci.Images;
using Boreal.Oci.References;

namespace Boreal.Engine.Images;

/// <summary>
/// Loads images from an archive: Docker's own (<c>manifest.json</c>) or an OCI image layout, plain or compressed.
/// Nothing becomes visible before every digest in the archive has proved right.
/// </summary>
public sealed class ImageLoader
{
    private const string DockerManifest = "manifest.json";
    private const string LayoutIndex = "index.json";

    private readonly ImageStore _images;
    private readonly LayerStore _layers;
    private readonly LayerSync _sync;

    internal ImageLoader(ImageStore images, LayerStore layers, LayerSync sync) => (_images, _layers, _sync) = (images, layers, sync);

    /// <summary>Loads everything in the archive. <paramref name="notify"/> is called from other threads, one call at a time.</summary>
    public async Task LoadAsync(Stream archive, Action<ImageNotice> notify, CancellationToken cancellationToken)
    {
        await using var contents = new ArchiveContents();
        try
        {
            await ReadAsync(archive, contents, notify, cancellationToken);
        }
        catch (Exception exception)
        {
            foreach (var layer in contents.Layers)
                layer.Abort(exception);
            throw;
        }

        // The stream is in: from here on nothing waits for the client, and nothing stops half way.
        var found = Describe(contents);
        foreach (var image in found)
            await AddAsync(image, contents, notify);
        _sync.Request();
    }

    private async Task ReadAsync(Stream archive, ArchiveContents contents, Action<ImageNotice> notify, CancellationToken cancellationToken)
    {
        var (compression, whole) = await PeekedStream.DetectAsync(archive, cancellationToken);
        using var pipe = new ChunkPipe(1);
        var reader = new ArchiveReader(_layers, notify);
        await pipe.RunAsync(whole, input => reader.Read(ArchiveStream.Open(compression, input), contents), cancellationToken);
    }

    private static IReadOnlyList<ArchiveImage> Describe(ArchiveContents contents)
    {
        if (contents.Document(DockerManifest) is { } manifest)
            return [.. Parse(manifest, OciJson.Default.IReadOnlyListDockerArchiveImage).Select(image =>
                new ArchiveImage(contents.RequiredDocument(image.Config), [.. image.Layers.Select(path => new ArchiveLayerName(path, null))], image.RepoTags ?? []))];
        if (contents.Document(LayoutIndex) is { } index)
            return LayoutReader.Read(Parse(index, OciJson.Default.ImageIndex), contents);
        throw new EngineException(ErrorKind.Invalid, $"the archive has neither {DockerManifest} nor {LayoutIndex}: it holds no image; use import for a plain file tree");
    }

    private async Task AddAsync(ArchiveImage found, ArchiveContents contents, Action<ImageNotice> notify)
    {
        var config = ImageStore.Parse(found.Config);
        if (config.Os is not ("" or "linux"))
            throw new EngineException(ErrorKind.Invalid, $"cannot load {config.Os} image on linux");
        var diffIds = config.RootFs?.DiffIds ?? [];
        if (diffIds.Count != found.Layers.Count)
            throw new EngineException(ErrorKind.Invalid, $"invalid manifest, layers length mismatch: expected {diffIds.Count}, got {found.Layers.Count}");
        // Names are checked before anything is kept.
        var references = found.Names.Select(ImageStore.ParseReference).ToList();

        var used = new List<Digest>();
        try
        {
            for (var i = 0; i < diffIds.Count; i++)
                used.Add(await UseAsync(diffIds[i], i + 1, found.Layers[i], contents));
        }
        catch
        {
            _layers.Release(used);
            throw;
        }

        var image = _images.Add(found.Config, parent: null);
        foreach (var reference in references)
            Name(image, reference.WithDefaultTag(), notify);
        if (references.Count == 0)
            notify(new ImageNotice { Text = $"Loaded image ID: {image.Id}\n" });
        _images.Publish("load", image, image.Id.ToString());
    }

    private async Task<Digest> UseAsync(Digest diffId, int number, ArchiveLayerName name, ArchiveContents contents)
    {
        var found = contents.Layer(name.Path);
        if (found is not null)
        {
            var content = await found.Content;
            if (name.Digest is { } digest && digest != content.SourceDigest)
                throw new EngineException(ErrorKind.Invalid, $"layer {number} is not what the manifest says: expected {digest}, got {content.SourceDigest}");
            if (content.DiffId != diffId)
                throw new EngineException(ErrorKind.Invalid, $"invalid diffID for layer {number}: expected \"{diffId}\", got \"{content.DiffId}\"");
            return (_layers.TryUse(diffId) ?? _layers.Keep(found.Draft, content)).DiffId;
        }

        if (_layers.TryUse(diffId) is { } known)
            return known.DiffId;
        if (contents.Document(name.Path) is { } small)
            return (await ReceiveAsync(small, diffId, number)).DiffId;
        throw new EngineException(ErrorKind.Invalid, $"the archive has no {name.Path}, layer {number} of an image");
    }

    // Too short to be seen as a tar while it streamed by: an empty layer.
    private async Task<LayerRecord> ReceiveAsync(byte[] tar, Digest diffId, int number)
    {
        using var draft = _layers.CreateDraft();
        using var intake = new LayerIntake(draft, Compression.None);
        await intake.FillAsync(new MemoryStream(tar), CancellationToken.None);
        var content = await intake.CompleteAsync();
        return content.DiffId == diffId
            ? _layers.Keep(draft, content)
            : throw new EngineException(ErrorKind.Invalid, $"invalid diffID for layer {number}: expected \"{diffId}\", got \"{content.DiffId}\"");
    }

    private void Name(Image image, ImageReference reference, Action<ImageNotice> notify)
    {
        if (_images.TryFind(reference) is { } holder && holder.Id != image.Id)
            notify(new ImageNotice { Text = $"The image {reference.Familiar} already exists, renaming the old one with ID {holder.Id} to empty string\n" });
        _images.Name(image.Id, reference);
        notify(new ImageNotice { Text = $"Loaded image: {reference.Familiar}\n" });
    }

    internal static T Parse<T>(byte[] document, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(document, type) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new EngineException(ErrorKind.Invalid, $"a document of the archive can't be read: {e.Message}", e);
        }
    }
}
