using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;

namespace Boreal.Engine.Volumes;

/// <summary>
/// Copies a folder of an image into an empty volume: (1) into a hidden folder of the volume, (2) renamed as whole,
/// (3) its entries moved up, (4) owner and mode taken over. Killed before (2) the copy is thrown away and the volume is
/// empty, killed later the rest is done by <see cref="Settle"/>: a half-filled volume is never taken for a full one.
/// </summary>
internal static class VolumeFilling
{
    private const string Copying = ".boreal-copying";
    private const string Copied = ".boreal-copied";
    private const uint OwnerOnly = 0x1C0; // 0700

    /// <summary>It was used or filled before; not while somebody is about to fill it.</summary>
    public static bool HasContent(string volume) =>
        Directory.EnumerateFileSystemEntries(volume).Any(path => Path.GetFileName(path) is not (Copying or Copied))
        // Looked for second: entries that come with a copy are there before its folder is gone.
        && !Directory.Exists(Path.Combine(volume, Copied));

    /// <summary>Nothing happens when the volume has content.</summary>
    public static void Fill(FileDescriptor source, FileDescriptor volume, CancellationToken cancellationToken)
    {
        Settle(volume);
        if (!IsEmpty(volume))
            return;
        if (IsEmpty(source))
        {
            TreeCopier.Describe(source, ".", volume, ".");
            return;
        }

        NodeAt.MakeDirectory(volume, Copying, OwnerOnly);
        try
        {
            using (var copy = OpenAt.OpenDirectory(volume, Copying))                                     // (1)
                new TreeCopier(copy, cancellationToken).Contents(source);
            TreeCopier.Describe(source, ".", volume, Copying);
        }
        catch
        {
            TreeRemover.Remove(volume, Copying);
            throw;
        }

        Rename(volume, Copying, volume, Copied);                                                          // (2)
        Settle(volume);
    }

    /// <summary>Ends what a killed daemon had begun; nothing on a volume in order.</summary>
    public static void Settle(FileDescriptor volume)
    {
        if (StatAt.TryGet(volume, Copying, out _) is not null)
            TreeRemover.Remove(volume, Copying);
        using var copied = OpenAt.TryOpen(volume, Copied, OpenAt.DirectoryOnly | OpenAt.NoFollow, ResolveFlags.None, 0, out _);
        if (copied is null)
            return;
        foreach (var name in DirectoryEntries.Names(copied))                                              // (3)
        {
            // A container that runs on the volume meanwhile may have made the same name: its own stays.
            if (StatAt.TryGet(volume, name, out _) is null)
                Rename(copied, name, volume, name);
            else
                TreeRemover.Remove(copied, name);
        }

        TreeCopier.Describe(volume, Copied, volume, ".");                                                  // (4)
        TreeRemover.Remove(volume, Copied);
    }

    private static void Rename(FileDescriptor fromDirectory, string from, FileDescriptor directory, string name)
    {
        var errno = NodeAt.TryRename(fromDirectory, from, directory, name);
        if (errno != 0)
            throw new LinuxException(errno, "renameat", name);
    }

    private static bool IsEmpty(FileDescriptor directory)
    {
        using var listed = OpenAt.OpenDirectory(directory, ".");
        return DirectoryEntries.Names(listed).Count == 0;
    }
}
