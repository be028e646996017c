using System.Runtime.InteropServices;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Files;

/// <summary>copy_file_range(2).</summary>
public static partial class FileRange
{
    /// <summary>
    /// Copies from where one file stands to where another does, inside the kernel; shares the data where the file system can.
    /// The count, 0 at the end, or the negated error number (EXDEV, EINVAL, ENOSYS and EOPNOTSUPP: these two files need another way).
    /// </summary>
    public static long TryCopy(FileDescriptor from, FileDescriptor to, long length)
    {
        while (true)
        {
            var count = Native.copy_file_range(from, 0, to, 0, (nint)length, 0);
            if (count >= 0)
                return count;
            var errno = Marshal.GetLastPInvokeError();
            if (errno != Errno.EINTR)
                return -errno;
        }
    }

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial nint copy_file_range(FileDescriptor from, nint fromOffset, FileDescriptor to, nint toOffset, nint length, uint flags);
    }
}
