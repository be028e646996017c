using Boreal.BuildWire.Paths;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Cli.Building.Folders;

/// <summary>Finds what paths of a folder lead to when links in them are followed, all within the folder: a link's root is the folder.</summary>
internal sealed class LinkFollower
{
    // A link that leads to itself is met again; a chain of ever longer paths is not.
    private const int MostPaths = 100_000;

    private readonly SortedSet<string> _found = new(StringComparer.Ordinal);
    private readonly FileDescriptor _root;
    private int _followed;

    private LinkFollower(FileDescriptor root) => _root = root;

    /// <summary>The paths and what they lead to, none below another of them; null when the folder itself is among them.</summary>
    public static IReadOnlyList<string>? Follow(string folder, IReadOnlyList<string> paths)
    {
        using var root = FileDescriptor.Open(folder, OpenAt.DirectoryOnly);
        var follower = new LinkFollower(root);
        foreach (var path in paths) follower.Add(path);
        return follower._found.Contains("") ? null : [.. follower._found.Where(path => !follower.IsBelowAnother(path))];
    }

    private void Add(string path)
    {
        var rest = SlashPath.Clean("/" + path).TrimStart('/');
        var current = "";
        while (true)
        {
            if (++_followed > MostPaths) throw new FormatException("more links than can be followed");
            var slash = rest.IndexOf('/');
            current = Join(current, slash < 0 ? rest : rest[..slash]);
            rest = slash < 0 ? "" : rest[(slash + 1)..];
            var targets = Targets(current, wildcards: true);
            if ((rest.Length is 0 || targets is not null) && _found.Contains(current)) return;
            if (targets is not null)
            {
                _found.Add(current);
                foreach (var target in targets) Add(Join(target, rest));
                return;
            }

            if (rest.Length is 0)
            {
                _found.Add(current);
                return;
            }
        }
    }

    /// <summary>Where the link at a path points, within the folder; null when it is none.</summary>
    private List<string>? Targets(string path, bool wildcards)
    {
        var slash = path.LastIndexOf('/');
        var (folder, name) = slash < 0 ? ("", path) : (path[..slash], path[(slash + 1)..]);
        using var directory = OpenAt.TryOpen(_root, folder.Length is 0 ? "." : folder, OpenAt.DirectoryOnly, ResolveFlags.InRoot, 0, out _);
        if (directory is null || name.Length is 0) return null;
        if (wildcards && name.AsSpan().IndexOfAny("*?[\\") >= 0) return WildcardTargets(directory, folder, name);
        if (StatAt.TryGet(directory, name, out _) is not { IsSymbolicLink: true }) return null;
        var link = NodeAt.ReadLink(directory, name);
        return [SlashPath.Clean(link.StartsWith('/') ? link : $"/{folder}/{link}").TrimStart('/')];
    }

    private List<string>? WildcardTargets(FileDescriptor directory, string folder, string pattern)
    {
        var matcher = BuildWire.Ignore.PatternMatcher.Parse([pattern]);
        List<string>? targets = null;
        foreach (var name in DirectoryEntries.Names(directory))
        {
            if (matcher.Matches(name) && Targets(Join(folder, name), wildcards: false) is { } found) (targets ??= []).AddRange(found);
        }

        return targets;
    }

    private bool IsBelowAnother(string path)
    {
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (_found.Contains(path[..slash])) return true;
        }

        return false;
    }

    private static string Join(string left, string right) => left.Length is 0 ? right : right.Length is 0 ? left : $"{left}/{right}";
}
