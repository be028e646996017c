using Boreal.Registry.Storage;

namespace Boreal.Registry.Repositories;

/// <summary>A repository's place on disk, made when its first content comes.</summary>
internal static class RepositoryFolder
{
    private static ReadOnlySpan<byte> Marker => """{"imageLayoutVersion":"1.0.0"}"""u8;

    public static void Ensure(DataPaths paths, RepositoryName name)
    {
        var marker = Path.Combine(paths.Repository(name), DataPaths.LayoutMarkerName);
        if (File.Exists(marker))
            return;
        Directory.CreateDirectory(Path.Combine(paths.Repository(name), "blobs", "sha256"));
        var temporary = Path.Combine(paths.Repository(name), $"_{Guid.NewGuid():N}");
        File.WriteAllBytes(temporary, Marker);
        File.Move(temporary, marker, overwrite: true);
    }

    /// <summary>
    /// Removes a place that holds no blobs; false when it does. A blob that comes meanwhile makes its folder anew, in front of
    /// whatever step we are at, and the step that finds it ends the removal.
    /// </summary>
    public static bool TryRemove(DataPaths paths, RepositoryName name)
    {
        var folder = paths.Repository(name);
        var blobs = paths.RepositoryBlobs(name);
        try
        {
            foreach (var algorithm in Directory.EnumerateDirectories(blobs))
                Directory.Delete(algorithm);
            Directory.Delete(blobs);
            foreach (var file in Directory.EnumerateFiles(folder))
                File.Delete(file);
            for (; folder.Length > paths.Repositories.Length; folder = Path.GetDirectoryName(folder) ?? "")
                Directory.Delete(folder);
            return true;
        }
        catch (IOException)
        {
            // Something is in there, perhaps only another repository below this one.
            return !Directory.Exists(blobs);
        }
    }
}
