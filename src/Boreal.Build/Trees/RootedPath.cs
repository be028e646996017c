using Boreal.Build.Builds;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Build.Trees;

/// <summary>
/// Paths in a tree as a program in it would see them: links lead nowhere out of it. Nobody else changes the tree meanwhile.
/// </summary>
internal static class RootedPath
{
    private const int MostLinks = 255;

    /// <summary>Where a path leads when all links in it are followed, relative to the root and without links; what does not exist stays as it is.</summary>
    public static string Resolve(FileDescriptor root, string path)
    {
        var pending = new Stack<string>();
        Push(pending, path);
        var done = new List<string>();
        var links = 0;
        while (pending.TryPop(out var name))
        {
            if (name == "..")
            {
                if (done.Count > 0)
                    done.RemoveAt(done.Count - 1);
                continue;
            }

            done.Add(name);
            var here = string.Join('/', done);
            if (StatAt.TryGet(root, here, out _) is not { IsSymbolicLink: true })
                continue;
            if (++links > MostLinks)
                throw new BuildException($"/{here}: too many levels of symbolic links");
            var target = NodeAt.ReadLink(root, here);
            if (target.StartsWith('/'))
                done.Clear();
            else
                done.RemoveAt(done.Count - 1);
            Push(pending, target);
        }

        return string.Join('/', done);
    }

    /// <summary>The folder and the name of a resolved path; the root is <c>.</c> in itself.</summary>
    public static (string Folder, string Name) Split(string resolved)
    {
        var slash = resolved.LastIndexOf('/');
        return slash >= 0 ? (resolved[..slash], resolved[(slash + 1)..]) : (".", resolved.Length == 0 ? "." : resolved);
    }

    /// <summary>A folder by its resolved path.</summary>
    public static FileDescriptor OpenFolder(FileDescriptor root, string resolved) =>
        OpenAt.Open(root, resolved.Length == 0 ? "." : resolved, OpenAt.DirectoryOnly, ResolveFlags.Beneath | ResolveFlags.NoSymlinks);

    private static void Push(Stack<string> pending, string path)
    {
        foreach (var part in path.Split('/').Reverse())
        {
            if (part is not ("" or "."))
                pending.Push(part);
        }
    }
}
