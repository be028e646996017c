using Boreal.Linux.Files;
using Boreal.Oci.Tar;

namespace Boreal.Engine.Trees;

/// <summary>A name from an archive made a clean relative path below a root.</summary>
public static class TreePath
{
    /// <summary>
    /// Resolves <c>.</c>, <c>..</c> and doubled slashes by text alone; absolute names start at the root. Null when the
    /// name leads out of the root. The root itself is the empty string.
    /// </summary>
    public static string? Clean(ReadOnlySpan<byte> name)
    {
        if (name.Contains((byte)0))
            throw TarException.InvalidHeader();
        return Clean(PathText.Decode(name));
    }

    public static string? Clean(string name)
    {
        if (IsClean(name))
            return name;

        var rooted = name.StartsWith('/');
        var parts = new List<string>();
        foreach (var part in name.Split('/'))
        {
            if (part is "" or ".")
                continue;
            if (part != "..")
                parts.Add(part);
            else if (parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (!rooted)
                return null;
        }

        return string.Join('/', parts);
    }

    /// <summary>Folder and last component.</summary>
    public static (string Parent, string Name) Split(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? ("", path) : (path[..slash], path[(slash + 1)..]);
    }

    public static string Join(string parent, string name) => parent.Length == 0 ? name : parent[^1] == '/' ? parent + name : $"{parent}/{name}";

    private static bool IsClean(string name) =>
        name.Length > 0 && name[0] is not ('.' or '/') && name[^1] != '/' && !name.Contains("//", StringComparison.Ordinal) && !name.Contains("/.", StringComparison.Ordinal);
}
