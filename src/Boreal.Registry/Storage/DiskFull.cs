using Boreal.Linux.Errors;

namespace Boreal.Registry.Storage;

/// <summary>Recognises a disk, or a quota, that has no room left.</summary>
internal static class DiskFull
{
    private const int EDQUOT = 122;

    /// <summary>The runtime's own exceptions carry the error number in HResult.</summary>
    public static bool IsCauseOf(IOException exception) =>
        (exception is LinuxException linux ? linux.Errno : exception.HResult) is Errno.ENOSPC or EDQUOT;
}
