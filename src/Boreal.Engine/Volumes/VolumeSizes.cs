using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Engine.Volumes;

/// <summary>What volumes take of the disk.</summary>
public static class VolumeSizes
{
    /// <summary>Whether the content is on our own disk: that of a volume with options is elsewhere.</summary>
    public static bool Counts(Volume volume) => !volume.NeedsMount;

    /// <summary>Bytes of its files; 0 of one that is just removed.</summary>
    public static long Measure(Volume volume)
    {
        using var root = FileDescriptor.TryOpen(volume.Mountpoint, OpenAt.DirectoryOnly, 0, out _);
        return root is null ? 0 : TreeSize.Measure(root);
    }
}
