using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Layers;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;

namespace Boreal.Engine.Volumes;

/// <summary>Copies what the image has at a volume's place into the volume, if that is empty.</summary>
internal sealed class VolumePopulator(VolumeStore volumes, Snapshots snapshots)
{
    private const ResolveFlags Walk = ResolveFlags.InRoot | ResolveFlags.NoMagicLinks;

    /// <exception cref="EngineException">Invalid: the image has a file there. Internal: a volume can't be mounted or written.</exception>
    public async Task PopulateAsync(ContainerSpec container, CancellationToken cancellationToken)
    {
        var points = container.Storage.MountPoints
            .Where(point => point.Type == "volume" && point.Copy && !HasContent(volumes.Find(point.Name)) && snapshots.MayHave(container.Id, point.Destination))
            .ToList();
        if (points.Count == 0)
            return;
        using var view = snapshots.Open(container.Id);
        using var root = FileDescriptor.Open(view.Path, OpenAt.DirectoryOnly);
        foreach (var point in points)
        {
            using var source = OpenSource(root, view.Path, point);
            if (source is not null)
                await FillAsync(volumes.Find(point.Name), point, source, cancellationToken);
        }
    }

    // Only of folders: looking into anything else needs a mount.
    private static bool HasContent(Volume volume) =>
        !volume.NeedsMount && VolumeFilling.HasContent(volume.Mountpoint);

    private static FileDescriptor? OpenSource(FileDescriptor root, string rootPath, MountPoint point)
    {
        var path = TreePath.Clean(point.Destination) is { Length: > 0 } clean ? clean : ".";
        var source = OpenAt.TryOpen(root, path, OpenAt.DirectoryOnly, Walk, 0, out var errno);
        if (source is not null || errno == Errno.ENOENT)
            return source;
        if (errno != Errno.ENOTDIR)
            throw new LinuxException(errno, "openat2", point.Destination);
        throw new EngineException(ErrorKind.Invalid, point.Declared
            ? $"cannot mount volume over existing file, file exists {rootPath}{point.Destination}"
            : $"source {rootPath}{point.Destination} is not directory");
    }

    private static async Task FillAsync(Volume volume, MountPoint point, FileDescriptor source, CancellationToken cancellationToken)
    {
        await volume.Filling.WaitAsync(cancellationToken);
        try
        {
            using var mounted = VolumeMounts.Open(volume);
            using var found = new MountSource(point.Destination, volume.Mountpoint, point.Subpath).Open();
            using var target = OpenAt.TryOpen(found, ".", OpenAt.DirectoryOnly, ResolveFlags.None, 0, out _);
            if (target is not null)
                await Task.Run(() => VolumeFilling.Fill(source, target, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (exception is LinuxException or EngineException)
        {
            throw new EngineException(exception is EngineException { Kind: var kind } ? kind : ErrorKind.Internal, $"failed to populate volume: {exception.Message}", exception);
        }
        finally
        {
            volume.Filling.Release();
        }
    }
}
