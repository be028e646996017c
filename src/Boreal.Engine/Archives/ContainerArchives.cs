using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Layers;
using Boreal.Engine.Trees;
using Boreal.Engine.Volumes;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;
using Boreal.Oci.Content;
using Boreal.Oci.Tar;

namespace Boreal.Engine.Archives;

/// <summary>
/// docker cp: looks at, reads and writes paths in containers, running or not. Everything happens below the container's
/// root by descriptor, so links and races in the container can't reach the host. All calls block.
/// </summary>
public sealed class ContainerArchives
{
    private readonly Snapshots _snapshots;
    private readonly ContainerMounts _mounts;

    internal ContainerArchives(Snapshots snapshots, ContainerMounts mounts) => (_snapshots, _mounts) = (snapshots, mounts);

    /// <summary>What the path is. <paramref name="name"/> is how the client called the container.</summary>
    public PathStat Stat(ContainerSpec container, string name, string path) =>
        ContainerView.With(_snapshots, _mounts, container, (root, rootPath) => Describe(root, rootPath, new ContainerPath(path), name));

    /// <summary>Writes the path as tar into the stream <paramref name="begin"/> returns once the path is known to exist.</summary>
    public void Download(ContainerSpec container, string name, string path, Func<PathStat, Stream> begin, CancellationToken cancellationToken)
    {
        var wanted = new ContainerPath(path);
        ContainerView.With(_snapshots, _mounts, container, (root, rootPath) =>
        {
            var stat = Describe(root, rootPath, wanted, name);
            var (folder, entry) = wanted.Open(root, name);
            using (folder)
            {
                var writer = new TarWriter(begin(stat));
                new TreePacker(writer, cancellationToken).Entry(folder, entry, wanted.BaseName);
                writer.End();
            }

            return true;
        });
    }

    /// <summary>Lays a tar, plain or compressed, into a directory of the container.</summary>
    public async Task UploadAsync(ContainerSpec container, string name, ArchiveUpload upload, Stream archive, CancellationToken cancellationToken)
    {
        var (compression, whole) = await PeekedStream.DetectAsync(archive, cancellationToken);
        using var pipe = new ChunkPipe(1);
        await pipe.RunAsync(whole, input => Upload(container, name, upload, ArchiveStream.Open(compression, input), cancellationToken), cancellationToken);
    }

    private void Upload(ContainerSpec container, string name, ArchiveUpload upload, Stream archive, CancellationToken cancellationToken)
    {
        var wanted = new ContainerPath(upload.Path);
        ContainerView.With(_snapshots, _mounts, container, (root, rootPath) =>
        {
            using var directory = wanted.OpenDirectory(root, name);
            var real = TreePath.Clean(NodeAt.PathOf(directory)[rootPath.Length..]) ?? "";
            CheckWritable(container, "/" + real);
            var rules = new TreeRules
            {
                Discard = static (parent, entry, _) => TreeRemover.Remove(parent, entry),
                KeepKinds = upload.NoOverwriteDirNonDir,
                Prefix = real.TrimStart('/'),
                Owner = upload.CopyUidGid ? OwnerOf(container, root) : null,
            };
            using var extractor = new TreeExtractor(root, rules);
            var reader = new TarReader(archive);
            while (reader.Next() is { } entry)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var path = TreePath.Clean(entry.Name.Span)
                    ?? throw new EngineException(ErrorKind.Internal, $"\"{PathText.Decode(entry.Name.Span)}\" is outside of \"/{wanted.Clean}\"");
                extractor.Apply(entry, path, reader);
            }

            extractor.Finish();
            reader.Drain();
            return true;
        });
    }

    private static PathStat Describe(FileDescriptor root, string rootPath, ContainerPath path, string name)
    {
        var (folder, entry) = path.Open(root, name);
        using (folder)
        {
            if (StatAt.TryGet(folder, entry, out _) is not { } status)
                throw path.NotFound(name);
            var target = status.IsSymbolicLink ? path.ResolveLinks(root, rootPath) : "";
            return new PathStat(path.BaseName, status.Size, PathStat.GoMode(status), status.Modified.ToDateTimeOffset(), target);
        }
    }

    private static void CheckWritable(ContainerSpec container, string path)
    {
        var mount = container.Storage.MountPoints
            .Where(mount => path == mount.Destination || path.StartsWith(mount.Destination.TrimEnd('/') + "/", StringComparison.Ordinal))
            .MaxBy(mount => mount.Destination.Length);
        if (mount is { Writable: false })
            throw new EngineException(ErrorKind.Forbidden, "mounted volume is marked read-only");
        if (mount is null && container.Storage.ReadonlyRootfs)
            throw new EngineException(ErrorKind.Forbidden, "container rootfs is marked read-only");
    }

    private static (uint Uid, uint Gid)? OwnerOf(ContainerSpec container, FileDescriptor root) =>
        container.Process.User.Length == 0 ? null : PasswordFile.Resolve(root, container.Process.User);
}
