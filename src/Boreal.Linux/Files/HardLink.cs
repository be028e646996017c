using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace Boreal.Linux.Files;

/// <summary>link(2): a second name for a file.</summary>
public static partial class HardLink
{
    /// <summary>Links; returns the error number (EEXIST, ENOENT, EMLINK are ordinary ones), 0 for success.</summary>
    public static int TryMake(string existing, string name) =>
        Native.link(existing, name) < 0 ? Marshal.GetLastPInvokeError() : 0;

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial int link(
            [MarshalUsing(typeof(PathTextMarshaller))] string existing, [MarshalUsing(typeof(PathTextMarshaller))] string name);
    }
}
