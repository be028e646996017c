using Boreal.Oci.Content;

namespace Boreal.Engine.Content;

/// <summary>Where blobs lie: whole ones by digest, those on their way beside them.</summary>
internal sealed class BlobFolders
{
    private readonly string _whole;
    private readonly string _partial;

    public BlobFolders(string dataRoot)
    {
        Root = Path.Combine(dataRoot, "content");
        _whole = Path.Combine(Root, "blobs");
        _partial = Path.Combine(Root, "partial");
        foreach (var algorithm in (ReadOnlySpan<string>)["sha256", "sha512"])
            Directory.CreateDirectory(Path.Combine(_whole, algorithm));
        Directory.CreateDirectory(_partial);
    }

    public string Root { get; }

    public string Whole(Digest digest) => Path.Combine(_whole, digest.Algorithm, digest.Hex);

    public string Partial(Digest digest) => Path.Combine(_partial, $"{digest.Algorithm}-{digest.Hex}");

    /// <summary>For content whose digest is not known before it is written.</summary>
    public string Unnamed() => Path.Combine(_partial, $"new-{Guid.NewGuid():N}");

    public IEnumerable<(Digest Digest, FileInfo File)> WholeFiles() =>
        from folder in new DirectoryInfo(_whole).EnumerateDirectories()
        from file in folder.EnumerateFiles()
        let digest = Digest.TryParse($"{folder.Name}:{file.Name}", out var parsed) ? parsed : default
        where digest.HasValue
        select (digest, file);

    /// <summary>The digest is none where the file has no name yet.</summary>
    public IEnumerable<(Digest Digest, FileInfo File)> PartialFiles() =>
        new DirectoryInfo(_partial).EnumerateFiles().Select(file => (Digest.TryParse(file.Name.Replace('-', ':'), out var digest) ? digest : default, file));
}
