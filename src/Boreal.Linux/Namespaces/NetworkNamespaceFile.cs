using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;
using Boreal.Linux.Syscalls;

namespace Boreal.Linux.Namespaces;

/// <summary>A network namespace kept alive by a mount on a file, as ip-netns(8) does it.</summary>
public static class NetworkNamespaceFile
{
    private const string OfThisThread = "/proc/thread-self/ns/net";

    /// <summary>Makes a namespace, runs <paramref name="prepare"/> inside with a descriptor of it, then mounts it on <paramref name="path"/>.</summary>
    public static T Create<T>(string path, Func<FileDescriptor, T> prepare) =>
        NamespaceThread.Unshared(NamespaceKinds.Network, () =>
        {
            using var created = FileDescriptor.Open(OfThisThread, OpenFlags.ReadOnly);
            var result = prepare(created);
            using (File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write))
            {
                // The mount needs a file to stand on.
            }

            try
            {
                Mount.Bind(OfThisThread, path);
            }
            catch (LinuxException)
            {
                File.Delete(path);
                throw;
            }

            return result;
        });

    /// <summary>Takes the mount and its file away; the kernel ends the namespace when nothing else uses it. No error when there is none.</summary>
    public static void Remove(string path)
    {
        if (!Mount.TryDetach(path, out var errno, UnmountFlags.Detach) && errno is not (Errno.ENOENT or Errno.EINVAL))
            throw new LinuxException(errno, "umount2", path);
        File.Delete(path);
    }
}
