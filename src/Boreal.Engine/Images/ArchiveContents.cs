using Boreal.Engine.Errors;
using Boreal.Engine.Trees;
using Boreal.Linux.Files;
using Boreal.Oci.Content;

namespace Boreal.Engine.Images;

/// <summary>What an image archive turned out to hold, by path: small documents in memory, layers unpacked.</summary>
internal sealed class ArchiveContents : IAsyncDisposable
{
    private const int MostLinks = 40;

    private readonly Dictionary<string, byte[]> _documents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ArchiveLayer> _layers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Digest> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);

    public IEnumerable<ArchiveLayer> Layers => _layers.Values;

    public void AddDocument(string path, byte[] content) => _documents[path] = content;

    public void AddLayer(string path, ArchiveLayer layer) => _layers.Add(path, layer);

    /// <summary>A layer the engine has already: its bytes were skipped.</summary>
    public void AddKnown(string path, Digest diffId) => _known[path] = diffId;

    public void AddLink(string path, string target) => _links[path] = target;

    public bool HasLayer(string path) => _layers.ContainsKey(path);

    public byte[]? Document(string path) => _documents.GetValueOrDefault(Resolve(path));

    public byte[] RequiredDocument(string path) =>
        Document(path) ?? throw new EngineException(ErrorKind.Invalid, $"the archive has no {path}");

    public ArchiveLayer? Layer(string path) => _layers.GetValueOrDefault(Resolve(path));

    public Digest? Known(string path) => _known.TryGetValue(Resolve(path), out var diffId) ? diffId : null;

    public async ValueTask DisposeAsync()
    {
        foreach (var layer in _layers.Values)
            await layer.DisposeAsync();
    }

    // Old archives hold a layer used twice once and link to it.
    private string Resolve(string path)
    {
        path = TreePath.Clean(path) ?? throw new EngineException(ErrorKind.Invalid, $"\"{path}\" is outside of the archive");
        for (var i = 0; i < MostLinks && _links.TryGetValue(path, out var target); i++)
            path = target;
        return path;
    }
}
