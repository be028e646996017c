using Boreal.Build.Contexts;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;

namespace Boreal.Build.Classic;

/// <summary>
/// An archive on its way into a kept folder: the tree of the last time is in it under one name, the new one is made beside it and takes its
/// place. What a crash leaves beside it goes at the next upload.
/// </summary>
internal sealed class ContextUpload(ContextFolder kept)
{
    private const string Tree = "tree";
    private const string Next = "next";
    private const uint PrivateFolder = 0x1C0;

    /// <summary>The path of the tree.</summary>
    public async Task<string> ReceiveAsync(Stream archive, CancellationToken cancellationToken)
    {
        TreeRemover.Remove(kept.Descriptor, Next);
        NodeAt.MakeDirectory(kept.Descriptor, Next, PrivateFolder);
        using (var next = OpenAt.OpenDirectory(kept.Descriptor, Next))
        using (var before = OpenAt.TryOpen(kept.Descriptor, Tree, OpenAt.DirectoryOnly | OpenAt.NoFollow, ResolveFlags.None, 0, out _))
            await TreeArchive.ExtractAnewAsync(archive, next, before, static (file, digest) => ContextDigest.Set(file, digest), cancellationToken);
        TreeRemover.Remove(kept.Descriptor, Tree);
        var errno = NodeAt.TryRename(kept.Descriptor, Next, kept.Descriptor, Tree);
        if (errno != 0)
            throw new LinuxException(errno, "renameat", kept.Path);
        return Path.Combine(kept.Path, Tree);
    }
}
