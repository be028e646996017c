using System.Runtime.InteropServices;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Namespaces;

/// <summary>unshare(2) and setns(2) for the calling thread; use <see cref="NamespaceThread"/> unless the thread is yours alone.</summary>
public static partial class NamespaceCalls
{
    public static void Unshare(NamespaceKinds kinds)
    {
        if (Native.unshare((int)kinds) < 0) throw LinuxException.FromErrno("unshare", kinds.ToString());
    }

    public static void Join(string path, NamespaceKinds kind)
    {
        using var descriptor = FileDescriptor.Open(path, OpenFlags.ReadOnly);
        Join(descriptor, kind);
    }

    public static void Join(FileDescriptor descriptor, NamespaceKinds kind)
    {
        if (Native.setns(descriptor, (int)kind) < 0) throw LinuxException.FromErrno("setns", kind.ToString());
    }

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial int unshare(int kinds);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int setns(FileDescriptor descriptor, int kind);
    }
}
