using System.Text.Json;
using Boreal.Engine.Errors;
using Boreal.Engine.Events;
using Boreal.Engine.Layers;
using Boreal.Engine.State;
using Boreal.Oci.Content;
using Boreal.Oci.Images;
using Boreal.Oci.References;

namespace Boreal.Engine.Images;

/// <summary>
/// The images this engine holds and what they are called. Lookups read a snapshot and never wait; changes are one
/// transaction each.
/// </summary>
public sealed class ImageStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ImageId, (Image Image, ImageRecord Record)> _images = [];
    private readonly Database _database;
    private readonly Table<ImageRecord> _table;
    private readonly LayerStore _layers;
    private readonly InitLayers _initLayers;
    private readonly EventLog _events;
    private readonly TimeProvider _time;
    private volatile ImageIndex _index;

    internal ImageStore(Database database, LayerStore layers, InitLayers initLayers, EventLog events, TimeProvider time)
    {
        (_database, _layers, _initLayers, _events, _time) = (database, layers, initLayers, events, time);
        _table = database.Table("images", StorageJson.Default.ImageRecord);
        var damaged = layers.FindDamaged().ToHashSet();
        foreach (var (key, record) in _table.Load())
        {
            var id = ImageId.Parse(key);
            var config = Parse(record.Config);
            var chain = config.RootFs?.DiffIds ?? [];
            if (chain.Any(damaged.Contains))
            {
                _table.Delete(key);
                continue;
            }

            foreach (var diffId in chain)
                _ = layers.TryUse(diffId) ?? throw new InvalidDataException($"image {key} names layer {diffId}, which does not exist");
            _images.Add(id, (Describe(id, config, record), record));
        }

        _index = new ImageIndex(_images.Values);
    }

    /// <summary>Told of the layers and manifests of an image that went.</summary>
    internal Action<IReadOnlyList<Digest>, IReadOnlyList<Digest>> Removed { get; init; } = (_, _) => { };

    /// <summary>An image by id, name or unique id prefix.</summary>
    public Image Find(string nameOrId)
    {
        if (TryFind(nameOrId) is { } image)
            return image;
        if (nameOrId.Length == 64 || Digest.TryParse(nameOrId, out _))
            throw new EngineException(ErrorKind.NotFound, $"No such image: {(nameOrId.Contains(':') ? nameOrId : "sha256:" + nameOrId)}");
        throw new EngineException(ErrorKind.NotFound, $"No such image: {ParseReference(nameOrId).WithDefaultTag().Familiar}");
    }

    public Image? TryFind(string nameOrId) => _index.Find(nameOrId);

    public Image? TryFind(ImageReference reference) => _index.Get(reference);

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Image> List() => [.. _index.Images.OrderByDescending(image => image.Created).ThenBy(image => image.Id.ToString(), StringComparer.Ordinal)];

    /// <summary>The tags of a repository, in order.</summary>
    internal IReadOnlyList<(string Tag, Image Image)> Tagged(ImageReference repository) =>
    [
        .. from image in _index.Images
           from name in References(image.Id)
           where name.Repository == repository.Repository && name.Tag is not null
           orderby name.Tag
           select (name.Tag, image),
    ];

    /// <summary>Images committed or built from this one.</summary>
    public IReadOnlyList<Image> Children(ImageId id) => [.. _index.Images.Where(image => image.Parent == id)];

    /// <summary>Gives an image a name, taking it from whichever image had it.</summary>
    public void Tag(Image image, ImageReference reference)
    {
        Name(image.Id, reference.WithDefaultTag());
        Publish("tag", image, reference.WithDefaultTag().Familiar);
    }

    /// <summary>Bytes of one layer's files.</summary>
    public long LayerSize(Digest diffId) => _layers.Get(diffId).Size;

    /// <summary>Bytes all layers take, each once.</summary>
    public long TotalLayerSize => _layers.TotalSize();

    /// <summary>The overlay folders of an image: what inspect shows as GraphDriver data.</summary>
    public LayerFolders Folders(Image image)
    {
        var trees = image.LayerChain.Reverse().Select(diffId => _layers.TreeOf(_layers.Get(diffId).Number)).ToList();
        var top = trees.Count > 0 ? trees[0] : _layers.Folder;
        var parent = Path.GetDirectoryName(top) ?? top;
        return new LayerFolders(trees.Count > 1 ? string.Join(':', trees.Skip(1)) : null, Path.Combine(parent, "merged"), top, Path.Combine(parent, "work"));
    }

    /// <summary>A name as a client wrote it; a bad one is the client's error, in Docker's words.</summary>
    public static ImageReference ParseReference(string text)
    {
        try
        {
            return ImageReference.Parse(text);
        }
        catch (FormatException e)
        {
            throw new EngineException(ErrorKind.Invalid, e.Message, e);
        }
    }

    /// <summary>Adds an image whose layers the caller has counted a use of each; that use passes to the image.</summary>
    internal Image Add(byte[] configBytes, ImageId? parent)
    {
        var id = new ImageId(Digest.OfSha256(configBytes));
        var config = Parse(configBytes);
        lock (_lock)
        {
            if (_images.TryGetValue(id, out var known))
            {
                _layers.Release(known.Image.LayerChain);
                return known.Image;
            }

            var record = new ImageRecord { Config = configBytes, Parent = parent?.ToString() };
            return Put(id, Describe(id, config, record), record);
        }
    }

    /// <summary>Takes a name away; false when no image has it.</summary>
    internal bool Untag(ImageReference reference)
    {
        lock (_lock)
        {
            if (_index.Get(reference) is not { } image)
                return false;
            var (_, record) = _images[image.Id];
            record = record with { References = [.. record.References.Where(name => name != ImageIndex.KeyOf(reference))] };
            Put(image.Id, Describe(image.Id, image.Config, record), record);
        }

        return true;
    }

    /// <summary>Every name of an image, in full.</summary>
    internal IReadOnlyList<ImageReference> References(ImageId id)
    {
        lock (_lock)
            return _images.TryGetValue(id, out var known) ? [.. known.Record.References.Select(ImageReference.Parse)] : [];
    }

    /// <summary>Removes the image and the layers nobody else uses. The caller has decided that it may go.</summary>
    internal void Remove(ImageId id)
    {
        (Image Image, ImageRecord Record) known;
        lock (_lock)
        {
            if (!_images.Remove(id, out known))
                return;
            _table.Delete(id.ToString());
            _index = new ImageIndex(_images.Values);
        }

        _initLayers.ImageRemoved(id.ToString());
        _layers.Release(known.Image.LayerChain);
        Removed(known.Image.LayerChain, known.Record.Manifests);
    }

    internal void Publish(string action, Image image, string name)
    {
        var attributes = new Dictionary<string, string>(image.Config.Config?.Labels ?? new Dictionary<string, string>()) { ["name"] = name };
        _events.Publish("image", action, image.Id.ToString(), attributes);
    }

    /// <summary>A pull or push, which Docker announces by name: the image may be another already.</summary>
    internal void PublishTransfer(string action, ImageReference reference) =>
        _events.Publish("image", action, reference.Familiar, new Dictionary<string, string> { ["name"] = reference.FamiliarName });

    internal void PublishPrune(long reclaimed) =>
        _events.Publish("image", "prune", "", new Dictionary<string, string> { ["reclaimed"] = $"{reclaimed}" });

    internal static ImageConfig Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, OciJson.Default.ImageConfig) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new EngineException(ErrorKind.Invalid, $"invalid image configuration: {e.Message}", e);
        }
    }

    /// <summary>Gives a name without an event.</summary>
    internal void Name(ImageId id, ImageReference reference)
    {
        lock (_lock)
        {
            if (!_images.TryGetValue(id, out var target))
                throw new EngineException(ErrorKind.NotFound, $"No such image: {id}");
            Give(id, target.Image.Config, target.Record with { LastTagged = _time.GetUtcNow() }, [ImageIndex.KeyOf(reference)]);
        }
    }

    /// <summary>
    /// An image came from a registry: the image, its manifest and its names are one step. The caller has counted a use of
    /// each layer, which passes to the image. False when it had the names already.
    /// </summary>
    internal bool Arrive(byte[] configBytes, Digest manifest, IReadOnlyList<ImageReference> references)
    {
        var id = new ImageId(Digest.OfSha256(configBytes));
        var config = Parse(configBytes);
        lock (_lock)
        {
            var names = references.Select(ImageIndex.KeyOf).ToList();
            var record = new ImageRecord { Config = configBytes };
            if (_images.TryGetValue(id, out var known))
            {
                record = known.Record;
                _layers.Release(known.Image.LayerChain);
            }

            var news = names.Except(record.References).Any();
            Give(id, config, With(record, manifest), names);
            return news;
        }
    }

    /// <summary>An image went to a registry as this manifest and can be had there by its digest. No error when the image has gone.</summary>
    internal void Depart(ImageId id, Digest manifest, ImageReference reference)
    {
        lock (_lock)
        {
            if (_images.TryGetValue(id, out var known))
                Give(id, known.Image.Config, With(known.Record, manifest), [ImageIndex.KeyOf(reference)]);
        }
    }

    /// <summary>The manifests of one image, newest last.</summary>
    internal IReadOnlyList<Digest> Manifests(ImageId id)
    {
        lock (_lock)
            return _images.TryGetValue(id, out var known) ? known.Record.Manifests : [];
    }

    /// <summary>The manifests of all images.</summary>
    internal IReadOnlySet<Digest> Manifests()
    {
        lock (_lock)
            return _images.Values.SelectMany(image => image.Record.Manifests).ToHashSet();
    }

    private static ImageRecord With(ImageRecord record, Digest manifest) =>
        record with { Manifests = [.. record.Manifests.Where(other => other != manifest), manifest] };

    // Writes the record with these names, which whoever had them loses.
    private void Give(ImageId id, ImageConfig config, ImageRecord record, IReadOnlyList<string> names)
    {
        var changed = _images
            .Where(image => image.Key != id && image.Value.Record.References.Any(names.Contains))
            .Select(image => (Id: image.Key, image.Value.Image.Config, Record: image.Value.Record with { References = [.. image.Value.Record.References.Except(names)] }))
            .Append((Id: id, Config: config, Record: record with { References = [.. record.References.Except(names), .. names] }))
            .ToList();
        _database.Transaction(() => changed.ForEach(change => _table.Put(change.Id.ToString(), change.Record)));
        foreach (var change in changed)
            _images[change.Id] = (Describe(change.Id, change.Config, change.Record), change.Record);
        _index = new ImageIndex(_images.Values);
    }

    private Image Put(ImageId id, Image image, ImageRecord record)
    {
        _table.Put(id.ToString(), record);
        _images[id] = (image, record);
        _index = new ImageIndex(_images.Values);
        return image;
    }

    private Image Describe(ImageId id, ImageConfig config, ImageRecord record)
    {
        var references = record.References.Select(ImageReference.Parse).ToList();
        return new Image
        {
            Id = id,
            Config = config,
            ConfigBytes = record.Config,
            RepoTags = [.. references.Where(reference => reference.Digest is null).Select(reference => reference.Familiar).Order(StringComparer.Ordinal)],
            RepoDigests = [.. references.Where(reference => reference.Digest is not null).Select(reference => reference.Familiar).Order(StringComparer.Ordinal)],
            Size = (config.RootFs?.DiffIds ?? []).Sum(diffId => _layers.Get(diffId).Size),
            Created = config.Created ?? DateTimeOffset.UnixEpoch,
            LastTagged = record.LastTagged,
            Parent = record.Parent is { } parent ? ImageId.Parse(parent) : null,
        };
    }
}
