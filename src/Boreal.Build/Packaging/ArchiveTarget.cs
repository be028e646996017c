using System.Globalization;
using System.Text;
using System.Text.Json;
using Boreal.Engine.Transfers;
using Boreal.Oci.Archives;
using Boreal.Oci.Content;
using Boreal.Oci.Images;
using Boreal.Oci.References;
using Boreal.Oci.Tar;

namespace Boreal.Build.Packaging;

/// <summary>Gathers an image for an archive: an OCI layout, which may be a docker-archive too.</summary>
internal sealed class ArchiveTarget(LayerTransfers transfers) : IImageTarget, IDisposable
{
    private const string NameAnnotation = "io.containerd.image.name";
    private const string TagAnnotation = "org.opencontainers.image.ref.name";
    private const uint FileMode = 0x1A4; // 0644
    private const uint FolderMode = 0x1ED; // 0755
    private const int PieceBytes = 256 * 1024;

    private readonly OrderedDictionary<Digest, (long Size, Stream Content)> _blobs = [];

    public async Task<Descriptor> PutLayerAsync(Digest layer, CancellationToken cancellationToken)
    {
        var (blob, content) = await transfers.PackAsync(layer, cancellationToken);
        Add(blob, content);
        return blob;
    }

    public Task PutDocumentAsync(Descriptor document, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Add(document, new MemoryStream(content.ToArray()));
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        foreach (var (_, content) in _blobs.Values)
            content.Dispose();
    }

    /// <summary>Writes the archive. Blocks on the target.</summary>
    /// <param name="package">What was put here.</param>
    /// <param name="names">Of the image.</param>
    /// <param name="isDockerArchive">Older readers are to find it too.</param>
    /// <param name="target">Takes the tar.</param>
    /// <param name="cancellationToken">Stops in the middle.</param>
    public void Write(Package package, IReadOnlyList<ImageReference> names, bool isDockerArchive, Stream target, CancellationToken cancellationToken)
    {
        var writer = new TarWriter(target);
        writer.Write(Entry("blobs/", TarKind.Directory, FolderMode), []);
        writer.Write(Entry("blobs/sha256/", TarKind.Directory, FolderMode), []);
        foreach (var (digest, (size, content)) in _blobs)
        {
            writer.Begin(Entry(PathOf(digest), TarKind.Regular, FileMode) with { Size = size });
            Copy(writer, content, cancellationToken);
        }

        var index = new ImageIndex { MediaType = MediaTypes.OciIndex, Manifests = names.Count == 0 ? [package.Manifest] : [.. names.Select(name => Named(package.Manifest, name))] };
        File(writer, "index.json", JsonSerializer.SerializeToUtf8Bytes(index, OciJson.Plain.ImageIndex));
        if (isDockerArchive)
            File(writer, "manifest.json", JsonSerializer.SerializeToUtf8Bytes(DockerImages(package, names), OciJson.Plain.IReadOnlyListDockerArchiveImage));
        File(writer, "oci-layout", JsonSerializer.SerializeToUtf8Bytes(new OciLayoutMarker(), OciJson.Plain.OciLayoutMarker));
        writer.End();
    }

    private void Add(Descriptor blob, Stream content)
    {
        if (!_blobs.TryAdd(blob.Digest, (blob.Size, content)))
            content.Dispose();
    }

    private static void Copy(TarWriter writer, Stream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[PieceBytes];
        int count;
        while ((count = content.Read(buffer)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.Payload(buffer.AsSpan(0, count));
        }
    }

    private static Descriptor Named(Descriptor manifest, ImageReference name)
    {
        var annotations = new Dictionary<string, string>(manifest.Annotations ?? new Dictionary<string, string>()) { [NameAnnotation] = name.ToString() };
        if (name.Tag is { } tag)
            annotations[TagAnnotation] = tag;
        return manifest with { Annotations = annotations };
    }

    private static IReadOnlyList<DockerArchiveImage> DockerImages(Package package, IReadOnlyList<ImageReference> names) =>
    [
        new DockerArchiveImage
        {
            Config = PathOf(package.Images[0].Config),
            RepoTags = [.. names.Select(name => name.Familiar)],
            Layers = [.. package.Images[0].Layers.Select(layer => PathOf(layer.Digest))],
        },
    ];

    private static void File(TarWriter writer, string name, byte[] content) => writer.Write(Entry(name, TarKind.Regular, FileMode), content);

    private static TarEntry Entry(string name, TarKind kind, uint permissions) => new() { Name = Encoding.UTF8.GetBytes(name), Kind = kind, Permissions = permissions };

    private static string PathOf(Digest digest) => string.Create(CultureInfo.InvariantCulture, $"blobs/{digest.Algorithm}/{digest.Hex}");
}
