using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;

namespace Boreal.Build.Trees;

/// <summary>Copies a file by two open descriptors: what is in it and what it is.</summary>
internal static class FileCopy
{
    private const int NotSupported = 95;
    // Below this a read and a write are quicker than what the kernel prepares.
    private const int SmallBytes = 64 * 1024;

    /// <param name="entry">The file.</param>
    /// <param name="from">The file, open.</param>
    /// <param name="to">An empty one.</param>
    /// <param name="rules">What the copy gets other than the file.</param>
    /// <param name="buffer">Larger than a small file.</param>
    public static void Copy(in SelectedEntry entry, FileDescriptor from, FileDescriptor to, CopyRules rules, byte[] buffer)
    {
        CopyContent(entry, from, to, buffer);
        // Owner first: changing it takes capabilities and set-id bits away.
        var (uid, gid) = rules.Owner ?? (entry.Status.Uid, entry.Status.Gid);
        AttributesAt.SetOwner(to, uid, gid);
        foreach (var attribute in ExtendedAttributes.List(from).Where(IsCopied))
        {
            if (ExtendedAttributes.Get(entry.Folder, entry.Name, attribute) is { } value)
                Check(ExtendedAttributes.TrySet(to, attribute, value), entry.Path, attribute);
        }

        AttributesAt.SetMode(to, rules.ModeOf(entry.Status));
        AttributesAt.SetTimes(to, null, entry.Status.Modified);
    }

    /// <summary>What we note about received files, and what overlayfs notes, is no part of a file.</summary>
    public static bool IsCopied(string attribute) => !attribute.StartsWith("trusted.", StringComparison.Ordinal);

    /// <summary>Not every file system keeps every attribute.</summary>
    public static void Check(int errno, string path, string attribute)
    {
        if (errno is not (0 or NotSupported or Errno.EPERM))
            throw new LinuxException(errno, "setxattr", $"{path} {attribute}");
    }

    private static void CopyContent(in SelectedEntry entry, FileDescriptor from, FileDescriptor to, byte[] buffer)
    {
        var rest = entry.Status.Size;
        while (rest > SmallBytes && FileRange.TryCopy(from, to, rest) is > 0 and var copied)
            rest -= copied;
        // What the kernel could not copy; the trees stand still, so that a file has the size it was seen with.
        while (rest > 0)
        {
            var count = from.TryRead(buffer.AsSpan(0, (int)Math.Min(rest, buffer.Length)));
            if (count <= 0)
                throw count == 0 ? new IOException($"{entry.Path} is shorter than it was") : new LinuxException(-count, "read", entry.Path);
            to.WriteAll(buffer.AsSpan(0, count));
            rest -= count;
        }
    }
}
