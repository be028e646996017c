using System.Text.Json;
using Boreal.Engine.Errors;
using Boreal.Engine.Layers;
using Boreal.Oci.Archives;
using Boreal.Oci.Content;
using Boreal.Oci.Images;
using Boreal.Oci.References;
using Boreal.Oci.Tar;

namespace Boreal.Engine.Images;

/// <summary>Writes images as Docker does since version 25: an OCI image layout that is a docker-archive too.</summary>
public sealed class ImageSaver
{
    private const uint FileMode = 0x1A4; // 0644
    private const uint FolderMode = 0x1ED; // 0755

    private readonly ImageStore _images;
    private readonly LayerStore _layers;

    internal ImageSaver(ImageStore images, LayerStore layers) => (_images, _layers) = (images, layers);

    /// <summary>What the names mean: a repository without a tag all its tags, an id no name at all.</summary>
    public IReadOnlyList<SavedImage> Resolve(IReadOnlyList<string> names)
    {
        var saved = new OrderedDictionary<ImageId, OrderedDictionary<string, ImageReference>>();
        foreach (var name in names)
        {
            var image = TryFindNamed(name, out var references) ?? FindById(name);
            if (!saved.TryGetValue(image.Id, out var known))
                saved.Add(image.Id, known = new OrderedDictionary<string, ImageReference>(StringComparer.Ordinal));
            foreach (var (owner, reference) in references)
            {
                if (!saved.TryGetValue(owner.Id, out var list))
                    saved.Add(owner.Id, list = new OrderedDictionary<string, ImageReference>(StringComparer.Ordinal));
                list[reference.ToString()] = reference;
            }
        }

        return [.. saved.Select(pair => new SavedImage(_images.Find(pair.Key.ToString()), [.. pair.Value.Values]))];
    }

    /// <summary>Writes the archive. Blocks on the target.</summary>
    public void Save(IReadOnlyList<SavedImage> images, Stream target, CancellationToken cancellationToken)
    {
        var writer = new TarWriter(target);
        Folder(writer, "blobs/");
        Folder(writer, "blobs/sha256/");

        var written = new HashSet<Digest>();
        var index = new List<Descriptor>();
        var manifest = new List<DockerArchiveImage>();
        var repositories = new SortedDictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var saved in images)
        {
            var layers = saved.Image.LayerChain.Select(diffId => Describe(diffId)).ToList();
            foreach (var layer in layers.Where(layer => written.Add(layer.Digest)))
                Layer(writer, target, layer, cancellationToken);
            var config = Blob(writer, written, saved.Image.ConfigBytes.Span, MediaTypes.OciConfig);
            var document = new ImageManifest { MediaType = MediaTypes.OciManifest, Config = config, Layers = layers };
            var descriptor = Blob(writer, written, JsonSerializer.SerializeToUtf8Bytes(document, OciJson.Plain.ImageManifest), MediaTypes.OciManifest);

            index.AddRange(saved.References.Count == 0 ? [descriptor] : saved.References.Select(reference => Named(descriptor, reference)));
            manifest.Add(Summarise(saved, config, layers));
            AddRepositories(repositories, saved);
            _images.Publish("save", saved.Image, saved.Image.Id.ToString());
        }

        Json(writer, "index.json", new Oci.Images.ImageIndex { MediaType = MediaTypes.OciIndex, Manifests = index }, OciJson.Plain.ImageIndex);
        Json(writer, "manifest.json", manifest, OciJson.Plain.IReadOnlyListDockerArchiveImage);
        File(writer, OciLayoutMarker.FileName, JsonSerializer.SerializeToUtf8Bytes(new OciLayoutMarker(), OciJson.Plain.OciLayoutMarker));
        if (repositories.Count > 0)
            Json(writer, "repositories", repositories, OciJson.Plain.SortedDictionaryStringIReadOnlyDictionaryStringString);
        writer.End();
    }

    private Image? TryFindNamed(string name, out List<(Image Image, ImageReference Reference)> references)
    {
        references = [];
        if (Digest.TryParse(name, out _) || !ImageReference.TryParse(name, out var reference) || reference is null)
            return null;
        if (reference is { Tag: null, Digest: null })
            references.AddRange(
                from image in _images.List()
                from held in _images.References(image.Id)
                where held.Repository == reference.Repository && held.Tag is not null
                select (image, held));
        else if (_images.TryFind(reference) is { } named)
            references.Add((named, reference));
        return references.Count > 0 ? references[0].Image : null;
    }

    private Image FindById(string name)
    {
        // Docker does not complete the name with a tag in this message.
        return _images.TryFind(name) ?? throw new EngineException(ErrorKind.NotFound, $"No such image: {name}");
    }

    private Descriptor Describe(Digest diffId) =>
        new() { MediaType = MediaTypes.OciLayer, Digest = diffId, Size = _layers.Get(diffId).TarSize };

    private void Layer(TarWriter writer, Stream target, Descriptor layer, CancellationToken cancellationToken)
    {
        writer.Begin(Entry("blobs/sha256/" + layer.Digest.Hex) with { Size = layer.Size });
        _layers.CopyTar(layer.Digest, target, cancellationToken);
    }

    private static Descriptor Blob(TarWriter writer, HashSet<Digest> written, ReadOnlySpan<byte> content, string mediaType)
    {
        var digest = Digest.OfSha256(content);
        if (written.Add(digest))
            writer.Write(Entry("blobs/sha256/" + digest.Hex), content);
        return new Descriptor { MediaType = mediaType, Digest = digest, Size = content.Length };
    }

    private static Descriptor Named(Descriptor descriptor, ImageReference reference) => descriptor with
    {
        Annotations = new Dictionary<string, string>
        {
            ["io.containerd.image.name"] = reference.ToString(),
            ["org.opencontainers.image.ref.name"] = reference.Tag ?? "",
        },
    };

    private static DockerArchiveImage Summarise(SavedImage saved, Descriptor config, IReadOnlyList<Descriptor> layers) => new()
    {
        Config = "blobs/sha256/" + config.Digest.Hex,
        RepoTags = [.. saved.References.Where(reference => reference.Tag is not null).Select(reference => reference.Familiar)],
        Layers = [.. layers.Select(layer => "blobs/sha256/" + layer.Digest.Hex)],
        LayerSources = layers.DistinctBy(layer => layer.Digest).ToDictionary(layer => layer.Digest.Value),
    };

    private static void AddRepositories(SortedDictionary<string, IReadOnlyDictionary<string, string>> repositories, SavedImage saved)
    {
        if (saved.Image.LayerChain.Count == 0)
            return;
        foreach (var repository in saved.References.Where(reference => reference.Tag is not null).GroupBy(reference => reference.FamiliarName))
        {
            var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var (tag, layer) in repositories.GetValueOrDefault(repository.Key) ?? new Dictionary<string, string>())
                tags[tag] = layer;
            foreach (var reference in repository)
                tags[reference.Tag ?? ""] = saved.Image.LayerChain[^1].Hex;
            repositories[repository.Key] = tags;
        }
    }

    private static void Json<T>(TarWriter writer, string name, T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        File(writer, name, JsonSerializer.SerializeToUtf8Bytes(value, type));

    private static void File(TarWriter writer, string name, ReadOnlySpan<byte> content) => writer.Write(Entry(name), content);

    private static void Folder(TarWriter writer, string name) =>
        writer.Begin(Entry(name) with { Kind = TarKind.Directory, Permissions = FolderMode });

    private static TarEntry Entry(string name) =>
        new() { Name = System.Text.Encoding.UTF8.GetBytes(name), Kind = TarKind.Regular, Permissions = FileMode };
}
