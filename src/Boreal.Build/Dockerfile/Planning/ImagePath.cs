using Boreal.BuildWire.Paths;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>Paths within an image.</summary>
internal static class ImagePath
{
    /// <summary>Relative paths start at <paramref name="directory"/>; absolute ones stay as they are.</summary>
    public static string Resolve(string directory, string path)
    {
        var parent = directory.Length == 0 ? "/" : SlashPath.IsAbsolute(directory) ? directory : SlashPath.Join("/", directory);
        if (path.Length == 0) return parent;
        return SlashPath.IsAbsolute(path) ? path : SlashPath.Join(parent, path);
    }

    /// <summary>As <see cref="Resolve"/>, cleaned, but a slash or dot at the end, which says that it is a folder, stays.</summary>
    public static string ResolveFolder(string directory, string path)
    {
        var resolved = SlashPath.Clean(Resolve(directory, path));
        if (path is "" or "." || path.EndsWith('/')) return resolved.EndsWith('/') ? resolved : resolved + "/";
        if (path.EndsWith("/.", StringComparison.Ordinal)) return (resolved == "/" ? "" : resolved) + "/.";
        return resolved;
    }
}
