using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Files;

/// <summary>syncfs(2), sync_file_range(2), chdir(2): calls on a whole file system, a file's pages, the thread.</summary>
public static partial class FileSystem
{
    private const uint StartWriteback = 2;

    /// <summary>Writes everything of the descriptor's file system to disk and waits.</summary>
    public static void Sync(FileDescriptor descriptor)
    {
        if (Native.syncfs(descriptor) < 0) throw LinuxException.FromErrno("syncfs");
    }

    /// <summary>Asks the kernel to begin writing the file's dirty pages, without waiting. Only a hint: failures do not matter.</summary>
    public static void StartWriting(FileDescriptor file) => _ = Native.sync_file_range(file, 0, 0, StartWriteback);

    /// <summary>Changes the working directory; only for a thread with file system state of its own.</summary>
    public static void ChangeDirectory(string path)
    {
        if (Native.chdir(path) < 0) throw LinuxException.FromErrno("chdir", path);
    }

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial int syncfs(FileDescriptor descriptor);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int sync_file_range(FileDescriptor file, long offset, long count, uint flags);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int chdir([MarshalUsing(typeof(PathTextMarshaller))] string path);
    }
}
