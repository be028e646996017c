using System.Runtime.InteropServices;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Processes;

/// <summary>execv(3): this process becomes another program, with its id, terminal, descriptors and environment.</summary>
public static unsafe partial class ProgramReplacement
{
    /// <summary>Returns only by throwing. Nothing of ours is cleaned up: flush and dispose before.</summary>
    /// <exception cref="LinuxException">The program cannot be run.</exception>
    public static void Become(string path, IReadOnlyList<string> arguments)
    {
        var pointers = (byte**)NativeMemory.AllocZeroed((nuint)(arguments.Count + 1), (nuint)sizeof(byte*));
        try
        {
            for (var i = 0; i < arguments.Count; i++) pointers[i] = (byte*)Marshal.StringToCoTaskMemUTF8(arguments[i]);
            _ = Native.execv(path, pointers);
            throw LinuxException.FromErrno("execv", path);
        }
        finally
        {
            for (var i = 0; i < arguments.Count; i++) Marshal.FreeCoTaskMem((nint)pointers[i]);
            NativeMemory.Free(pointers);
        }
    }

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
        internal static partial int execv(string path, byte** arguments);
    }
}
