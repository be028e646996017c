using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Engine.Trees;

/// <summary>Bytes of all files of a tree as Docker counts them: directories nothing, hard links once.</summary>
public static class TreeSize
{
    public static long Measure(FileDescriptor root)
    {
        var seen = new HashSet<ulong>();
        using var directory = OpenAt.OpenDirectory(root, ".");
        return Sum(directory, seen);
    }

    private static long Sum(FileDescriptor directory, HashSet<ulong> seen)
    {
        long total = 0;
        foreach (var name in DirectoryEntries.Names(directory))
        {
            // A running container may remove what was just listed.
            if (StatAt.TryGet(directory, name, out _) is not { } status)
                continue;
            if (status.IsDirectory)
            {
                using var child = OpenAt.TryOpen(directory, name, OpenAt.DirectoryOnly | OpenAt.NoFollow, ResolveFlags.None, 0, out _);
                total += child is null ? 0 : Sum(child, seen);
            }
            else if (status.Links < 2 || seen.Add(status.Inode))
            {
                total += status.Size;
            }
        }

        return total;
    }
}
