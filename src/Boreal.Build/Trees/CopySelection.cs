using Boreal.Build.Builds;
using Boreal.Build.Graph;
using Boreal.BuildWire.Ignore;
using Boreal.BuildWire.Paths;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Build.Trees;

/// <summary>What of a tree a copy takes. The same walk gives the digest it is known by and the copy itself.</summary>
internal static class CopySelection
{
    /// <summary>Tells the handler all that is chosen, source after source.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="root">Of the tree that it takes from.</param>
    /// <param name="handler">Takes what is chosen.</param>
    /// <param name="begin">Told before each source: its path, and whether it is a folder.</param>
    /// <param name="cancellationToken">Stops in the middle.</param>
    /// <exception cref="BuildException">A source does not exist.</exception>
    public static void Walk(CopyAction copy, FileDescriptor root, ISelectionHandler handler, Action<string> begin, CancellationToken cancellationToken)
    {
        foreach (var source in Sources(copy, root))
        {
            begin(source.Name);
            Walk(copy, root, source, handler, cancellationToken);
        }
    }

    /// <summary>What the copy's source path stands for.</summary>
    public static IReadOnlyList<CopySource> Sources(CopyAction copy, FileDescriptor root)
    {
        foreach (var path in copy.RequiredPaths)
            _ = Find(root, path, followsLinks: true);
        if (!copy.AllowsWildcards)
            return [Find(root, copy.SourcePath, copy.FollowsLinks)];
        return [.. Wildcards.Expand(root, copy.SourcePath).Select(path => Find(root, path, copy.FollowsLinks))];
    }

    /// <summary>One source, of a folder only what is in it when links are followed.</summary>
    public static void Walk(CopyAction copy, FileDescriptor root, CopySource source, ISelectionHandler handler, CancellationToken cancellationToken)
    {
        var walk = new SelectionWalk(handler, Matcher(copy.IncludedPatterns), Matcher(copy.ExcludedPatterns), cancellationToken);
        var (folder, name) = RootedPath.Split(source.Path);
        using var parent = RootedPath.OpenFolder(root, folder == "." ? "" : folder);
        if (source.GivesContents(copy))
        {
            using var contents = OpenAt.OpenDirectory(parent, name);
            walk.Contents(contents);
        }
        else
        {
            walk.Entry(parent, name);
        }
    }

    private static CopySource Find(FileDescriptor root, string path, bool followsLinks)
    {
        var resolved = followsLinks ? RootedPath.Resolve(root, path) : WithParentsResolved(root, path);
        if (StatAt.TryGet(root, resolved.Length == 0 ? "." : resolved, out _) is not { } status)
            throw new BuildException($"failed to compute cache key: failed to calculate checksum of ref: \"{SlashPath.Join("/", path)}\": not found") { MissingPath = path };
        return new CopySource(resolved, SlashPath.Base(SlashPath.Join("/", path)), status.IsDirectory);
    }

    private static string WithParentsResolved(FileDescriptor root, string path)
    {
        var cleaned = SlashPath.Join("/", path);
        var parent = RootedPath.Resolve(root, SlashPath.Directory(cleaned));
        var name = SlashPath.Base(cleaned);
        return name == "/" ? "" : parent.Length == 0 ? name : $"{parent}/{name}";
    }

    private static PatternMatcher? Matcher(IReadOnlyList<string> patterns) => patterns.Count == 0 ? null : PatternMatcher.Parse(patterns);
}
