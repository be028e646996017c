using System.Runtime.InteropServices;

namespace Boreal.Linux.Processes;

/// <summary>What the C library and those who call its malloc hold: compression, SQLite, the runtime itself.</summary>
public static partial class NativeHeap
{
    /// <summary>Gives free pages back to the kernel, see malloc_trim(3).</summary>
    public static void Trim() => _ = Native.malloc_trim(0);

    private static partial class Native
    {
        [LibraryImport("libc")]
        internal static partial int malloc_trim(nuint keep);
    }
}
