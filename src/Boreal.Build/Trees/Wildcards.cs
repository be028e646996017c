using System.Text;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Build.Trees;

/// <summary>Paths with <c>*</c>, <c>?</c> and <c>[...]</c>, which match within one name.</summary>
internal static class Wildcards
{
    /// <summary>The paths of a tree that match, links in front of the first wildcard followed; a path without wildcards is its own match.</summary>
    /// <exception cref="FormatException">The pattern is malformed.</exception>
    public static IReadOnlyList<string> Expand(FileDescriptor root, string path)
    {
        var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var first = Array.FindIndex(names, HasWildcard);
        if (first < 0)
            return [string.Join('/', names.Select(Unescape))];
        var matches = new List<string>();
        Expand(root, RootedPath.Resolve(root, string.Join('/', names[..first].Select(Unescape))), names.AsSpan(first), matches);
        return matches;
    }

    private static void Expand(FileDescriptor root, string folder, ReadOnlySpan<string> patterns, List<string> matches)
    {
        if (StatAt.TryGet(root, folder.Length == 0 ? "." : folder, out _) is not { IsDirectory: true })
            return;
        using var listed = RootedPath.OpenFolder(root, folder);
        foreach (var name in DirectoryEntries.Names(listed))
        {
            if (!NamePattern.Matches(patterns[0], name))
                continue;
            var path = folder.Length == 0 ? name : $"{folder}/{name}";
            if (patterns.Length == 1)
                matches.Add(path);
            else
                Expand(root, path, patterns[1..], matches);
        }
    }

    private static bool HasWildcard(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] is '*' or '?' or '[')
                return true;
            if (name[i] == '\\')
                i++;
        }

        return false;
    }

    private static string Unescape(string name)
    {
        if (!name.Contains('\\'))
            return name;
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '\\' && i + 1 < name.Length)
                i++;
            text.Append(name[i]);
        }

        return text.ToString();
    }
}
