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
}
