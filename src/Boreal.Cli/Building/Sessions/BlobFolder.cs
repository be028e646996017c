using Boreal.Oci.Content;

namespace Boreal.Cli.Building.Sessions;

/// <summary>The blobs of an OCI image layout.</summary>
internal sealed class BlobFolder(string layout)
{
    public long? SizeOf(Digest digest) => new FileInfo(PathOf(digest)) is { Exists: true } file ? file.Length : null;

    public FileStream? TryOpen(Digest digest) => File.Exists(PathOf(digest)) ? File.OpenRead(PathOf(digest)) : null;

    public BlobDraft Begin()
    {
        var ingest = Directory.CreateDirectory(Path.Combine(layout, "ingest")).FullName;
        return new BlobDraft(Path.Combine(ingest, Guid.NewGuid().ToString("n")), PathOf);
    }

    private string PathOf(Digest digest) => Path.Combine(layout, "blobs", digest.Algorithm, digest.Hex);
}
