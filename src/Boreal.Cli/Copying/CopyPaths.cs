namespace Boreal.Cli.Copying;

/// <summary>Paths of a copy, where a trailing slash or <c>/.</c> means: this is a directory, or: what is in it.</summary>
internal static class CopyPaths
{
    public static bool AssertsDirectory(string path) => path.EndsWith('/') || LastName(path, keepDot: true) is ".";

    /// <summary>An absolute clean path that keeps a trailing <c>/.</c> or slash.</summary>
    public static string Absolute(string path, string directory)
    {
        var full = Clean(path.StartsWith('/') ? path : $"{directory}/{path}");
        if (path is "." || path.EndsWith("/.", StringComparison.Ordinal)) return full is "/" ? "/." : full + "/.";
        return path.EndsWith('/') && full is not "/" ? full + "/" : full;
    }

    /// <summary>The directory and the last name; <c>a/b/.</c> is <c>a/b</c> and a dot.</summary>
    public static (string Directory, string Name) Split(string path)
    {
        var name = LastName(path, keepDot: true);
        if (name is ".") return (Clean(path), ".");
        var clean = Clean(path);
        var slash = clean.LastIndexOf('/');
        return slash <= 0 ? ("/", clean[(slash + 1)..] is { Length: > 0 } last ? last : "/") : (clean[..slash], clean[(slash + 1)..]);
    }

    public static string Clean(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".") continue;
            if (part is ".." && parts.Count > 0) parts.RemoveAt(parts.Count - 1);
            else if (part is not "..") parts.Add(part);
        }

        return "/" + string.Join('/', parts);
    }

    /// <summary>An entry's name with its first part, the source's name, replaced by another.</summary>
    public static string Rebase(string entry, string from, string to)
    {
        var name = entry.StartsWith("./", StringComparison.Ordinal) && from is not "." ? entry[2..] : entry;
        if (from is "." or "/")
        {
            var inside = name.TrimStart('/');
            inside = inside is "." ? "" : inside.StartsWith("./", StringComparison.Ordinal) ? inside[2..] : inside;
            return inside.Length is 0 ? to : $"{to}/{inside}";
        }

        if (name.TrimEnd('/') == from) return name.EndsWith('/') ? to + "/" : to;
        return name.StartsWith(from + "/", StringComparison.Ordinal) ? to + name[from.Length..] : name;
    }

    private static string LastName(string path, bool keepDot)
    {
        var slash = path.LastIndexOf('/');
        var name = path[(slash + 1)..];
        return keepDot && name is "." ? "." : name;
    }
}
