using Boreal.Oci.Content;
using Boreal.Registry.Repositories;

namespace Boreal.Registry.Storage;

/// <summary>
/// Where things lie: <c>repositories/NAME</c> are OCI layouts, whose blobs are further names of the files in <c>blobs</c>;
/// <c>uploads</c> holds what is not complete, <c>unsynced</c> further names of blobs that may not be on the disk yet.
/// </summary>
internal sealed class DataPaths(string root)
{
    private static readonly string[] LayoutNames = ["blobs", IndexName, LayoutMarkerName];

    public const string IndexName = "index.json";
    public const string LayoutMarkerName = "oci-layout";
    public const string ManifestPrefix = "manifest-";

    public string Repositories { get; } = Path.Combine(root, "repositories");

    public string Blobs { get; } = Path.Combine(root, "blobs");

    public string Uploads { get; } = Path.Combine(root, "uploads");

    public string UnsyncedFolder { get; } = Path.Combine(root, "unsynced");

    public string Unsynced(Digest digest) => Path.Combine(UnsyncedFolder, $"{digest.Algorithm}-{digest.Hex}");

    public string Repository(RepositoryName name) => Path.Combine(Repositories, FolderOf(name.Value));

    public string Index(RepositoryName name) => Path.Combine(Repository(name), IndexName);

    public string RepositoryBlobs(RepositoryName name) => Path.Combine(Repository(name), "blobs");

    public string Blob(Digest digest) => Path.Combine(Blobs, digest.Algorithm, digest.Hex);

    public string Blob(RepositoryName name, Digest digest) => Path.Combine(RepositoryBlobs(name), digest.Algorithm, digest.Hex);

    /// <summary>The repository that lies in a folder below <see cref="Repositories"/>; null where none can.</summary>
    public static RepositoryName? NameOf(string folder)
    {
        var components = folder.Split('/').Select(component => component.StartsWith('_') ? component[1..] : component);
        return RepositoryName.TryParse(string.Join('/', components), out var name) ? name : null;
    }

    /// <summary>A component named as a part of a layout would lie in its parent's; no name begins with the underscore it gets.</summary>
    private static string FolderOf(string name) =>
        LayoutNames.Any(name.Contains)
            ? string.Join('/', name.Split('/').Select(component => LayoutNames.Contains(component) ? "_" + component : component))
            : name;
}
