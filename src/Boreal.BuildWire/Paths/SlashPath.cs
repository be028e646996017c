namespace Boreal.BuildWire.Paths;

/// <summary>Paths with slashes as text, by Go's rules: nothing is looked up, links are not followed.</summary>
internal static class SlashPath
{
    public static bool IsAbsolute(string path) => path.StartsWith('/');

    /// <summary>Without doubled slashes, <c>.</c> and <c>..</c> where they can be undone; <c>.</c> when nothing is left.</summary>
    public static string Clean(string path)
    {
        var isAbsolute = IsAbsolute(path);
        var parts = new List<string>();
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".") continue;
            if (part != "..") parts.Add(part);
            else if (parts.Count > 0 && parts[^1] != "..") parts.RemoveAt(parts.Count - 1);
            else if (!isAbsolute) parts.Add(part);
        }
        var joined = string.Join('/', parts);
        return isAbsolute ? "/" + joined : joined.Length > 0 ? joined : ".";
    }

    public static string Join(params ReadOnlySpan<string> parts)
    {
        var given = new List<string>();
        foreach (var part in parts)
        {
            if (part.Length > 0) given.Add(part);
        }
        return given.Count == 0 ? "" : Clean(string.Join('/', given));
    }

    /// <summary>The last part; <c>.</c> for nothing and <c>/</c> for the root.</summary>
    public static string Base(string path)
    {
        if (path.Length == 0) return ".";
        var trimmed = path.TrimEnd('/');
        return trimmed.Length == 0 ? "/" : trimmed[(trimmed.LastIndexOf('/') + 1)..];
    }

    /// <summary>Everything in front of the last part.</summary>
    public static string Directory(string path) => Clean(path[..(path.LastIndexOf('/') + 1)]);
}
