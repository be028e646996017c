using Boreal.Linux.Descriptors;
using Boreal.Linux.Namespaces;
using Boreal.Linux.Syscalls;

namespace Boreal.Shim.Runtime;

/// <summary>
/// While entered, what this thread spawns does not see the v2 part of a hybrid cgroup tree, which crun refuses to work beside.
/// The mount namespace made for it ends with the spawned runtime: kept, it would pin other containers' mounts.
/// </summary>
internal sealed class HybridCgroupView : IDisposable
{
    private const string Tree = "/sys/fs/cgroup";
    private const string UnifiedPart = "/sys/fs/cgroup/unified";
    private readonly FileDescriptor _home;

    private HybridCgroupView()
    {
        _home = FileDescriptor.Open("/proc/thread-self/ns/mnt", OpenFlags.ReadOnly);
        // The runtime's other thread shares our root and working directory; a mount namespace needs them for itself.
        NamespaceCalls.Unshare(NamespaceKinds.FileSystem | NamespaceKinds.Mount);
        try
        {
            // Only here private: everything else must go on propagating, or shared binds would not work.
            Mount.SetPropagation(Tree, MountFlags.Private);
            // Covered, not unmounted: the kernel would wait for other processors, and crun make folders beneath.
            Mount.Attach("none", UnifiedPart, "tmpfs", MountFlags.NoSuid | MountFlags.NoExec | MountFlags.NoDev, "size=64k,mode=700");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Null where the tree is not hybrid and nothing needs hiding.</summary>
    internal static HybridCgroupView? Enter() =>
        Paths.TryReadSmall($"{UnifiedPart}/cgroup.controllers") is null ? null : new HybridCgroupView();

    public void Dispose()
    {
        NamespaceCalls.Join(_home, NamespaceKinds.Mount);
        _home.Dispose();
    }
}
