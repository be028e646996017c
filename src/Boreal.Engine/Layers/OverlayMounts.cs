using Boreal.Engine.Errors;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Files;
using Boreal.Linux.Namespaces;
using Boreal.Linux.Syscalls;

namespace Boreal.Engine.Layers;

/// <summary>
/// Overlay mounts of layers. mount(2) takes one page of options, so paths are short and relative to the layers' folder:
/// a thread of its own stands there while it mounts. That holds more layers than images have.
/// </summary>
internal sealed class OverlayMounts(string layersFolder)
{
    private const int PageBytes = 4096;

    // No redirects and no metadata-only copies: the writable layer alone then tells what changed.
    private const string Features = "redirect_dir=off,index=off,metacopy=off";

    // Since Linux 5.10. What programs sync is not brought to the disk, and neither is all else on it when the mount goes.
    private const string NeverSynced = ",volatile";

    /// <summary>
    /// Mounts layers (top first) under a writable one. One that is <paramref name="isPassing"/> is not worth a power loss's survival:
    /// its changes are lost then, or brought to the disk after it is gone.
    /// </summary>
    public void Mount(IEnumerable<long> lowers, string upper, string work, string target, bool isPassing = false)
    {
        var options = $"{Lowers(lowers)},upperdir={Relative(upper)},workdir={Relative(work)},{Features}";
        try
        {
            Attach(isPassing ? options + NeverSynced : options, MountFlags.None, target);
        }
        catch (LinuxException exception) when (isPassing && exception.Errno == Errno.EINVAL)
        {
            Attach(options, MountFlags.None, target);
        }
    }

    /// <summary>
    /// A read-only view of layers (top first) that has no place in the tree: it goes with the returned descriptor.
    /// <paramref name="scratch"/> is an empty folder to hold the mount for a moment.
    /// </summary>
    public FileDescriptor OpenView(IEnumerable<long> lowers, string empty, string scratch)
    {
        // overlayfs wants two lower layers when there is no upper one.
        Attach($"{Lowers(lowers)}:{Relative(empty)},{Features}", MountFlags.ReadOnly, scratch);
        try
        {
            return FileDescriptor.Open(scratch, OpenAt.DirectoryOnly);
        }
        finally
        {
            Boreal.Linux.Syscalls.Mount.Detach(scratch, UnmountFlags.Detach);
        }
    }

    private void Attach(string options, MountFlags flags, string target)
    {
        if (options.Length >= PageBytes)
            throw new EngineException(ErrorKind.Invalid, "the image has more layers than overlayfs can mount");
        NamespaceThread.Unshared(NamespaceKinds.FileSystem, () =>
        {
            FileSystem.ChangeDirectory(layersFolder);
            Boreal.Linux.Syscalls.Mount.Attach("overlay", target, "overlay", flags, options);
            return true;
        });
    }

    // The kernel takes no layer twice; of one that is, the topmost place hides all others.
    private static string Lowers(IEnumerable<long> lowers) =>
        "lowerdir=" + string.Join(':', lowers.Distinct().Select(number => $"{number}/{LayerStore.TreeFolder}"));

    private string Relative(string path) => Path.GetRelativePath(layersFolder, path);
}
