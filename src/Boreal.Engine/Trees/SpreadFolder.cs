using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Engine.Trees;

/// <summary>A folder in which trees of many files come and go, each in a folder of its own.</summary>
public static class SpreadFolder
{
    /// <summary>Makes the folder where it is missing.</summary>
    /// <remarks>
    /// ext4 keeps the numbers of removed files back for minutes and tries them one after the other for each new file, in the group of blocks that
    /// the folder is in: many new files where many were removed just now take ten times as long. Trees that are spread are seldom in one group.
    /// </remarks>
    public static void Create(string path)
    {
        Directory.CreateDirectory(path);
        using var folder = FileDescriptor.Open(path, OpenAt.DirectoryOnly);
        // Other file systems have no such groups.
        _ = InodeFlags.TryAdd(folder, InodeFlags.TopFolder);
    }
}
