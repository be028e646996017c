namespace Boreal.Compose.Canonical;

/// <summary>Paths without <c>.</c>, <c>..</c> and doubled slashes; no file is looked at.</summary>
internal static class CleanPath
{
    public static string Of(string path)
    {
        if (path.Length is 0) return ".";
        var isRooted = path[0] is '/';
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".") continue;
            if (part is not "..") parts.Add(part);
            else if (parts.Count > 0 && parts[^1] is not "..") parts.RemoveAt(parts.Count - 1);
            else if (!isRooted) parts.Add(part);
        }

        var joined = string.Join('/', parts);
        return isRooted ? "/" + joined : joined.Length > 0 ? joined : ".";
    }

    public static string Join(string folder, string path) => path.Length is 0 ? Of(folder) : Of(folder.Length is 0 ? path : $"{folder}/{path}");
}
