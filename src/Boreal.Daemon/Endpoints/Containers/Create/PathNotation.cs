namespace Boreal.Daemon.Endpoints.Containers.Create;

/// <summary>Paths in a container: text only, nothing is looked up.</summary>
internal static class PathNotation
{
    /// <summary>An absolute path without <c>.</c>, <c>..</c>, double or trailing slashes.</summary>
    public static string Clean(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part is "..")
                parts.RemoveRange(Math.Max(parts.Count - 1, 0), Math.Min(parts.Count, 1));
            else if (part is not ".")
                parts.Add(part);
        }
        return "/" + string.Join('/', parts);
    }
}
