using System.Globalization;
using System.Runtime.InteropServices;

namespace Boreal.Linux.Processes;

/// <summary>
/// The pages of this process's own program file. A fault maps its neighbours too, and what start-up read is never looked at again, so
/// that most of what is mapped is not in use.
/// </summary>
public static partial class ProgramPages
{
    private const int DontNeed = 4;

    /// <summary>
    /// Unmaps them, see madvise(2): they stay in the kernel's cache, from where the next use takes them. Mappings with a page of their
    /// own, which relocation has written to, are left as they are: unmapping would undo the writing.
    /// </summary>
    public static void Unmap()
    {
        if (Environment.ProcessPath is not { } program) return;
        foreach (var (start, end) in Unwritten(File.ReadLines("/proc/self/smaps"), program))
            _ = Native.madvise(start, end - start, DontNeed);
    }

    /// <summary>Mappings of the file that cannot be written to and never were, from the lines of proc_pid_smaps(5).</summary>
    internal static IEnumerable<(nuint Start, nuint End)> Unwritten(IEnumerable<string> smaps, string program)
    {
        (nuint, nuint)? mapping = null;
        foreach (var line in smaps)
        {
            if (TryReadMapping(line, out var range, out var permissions, out var path))
                mapping = path == program && permissions is ("r--p" or "r-xp") ? range : null;
            else if (mapping is { } found && line.StartsWith("Anonymous:", StringComparison.Ordinal) && line.EndsWith(" 0 kB", StringComparison.Ordinal))
                yield return found;
        }
    }

    // 5581e0a00000-5581e0c3f000 r-xp 00000000 fe:00 1234    /usr/bin/boreald
    private static bool TryReadMapping(string line, out (nuint Start, nuint End) range, out string permissions, out string path)
    {
        (range, permissions, path) = (default, "", "");
        var fields = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 5 || fields[0].IndexOf('-') is var dash && dash < 0)
            return false;
        if (!nuint.TryParse(fields[0].AsSpan(0, dash), NumberStyles.AllowHexSpecifier, null, out var start)
            || !nuint.TryParse(fields[0].AsSpan(dash + 1), NumberStyles.AllowHexSpecifier, null, out var end))
            return false;
        (range, permissions, path) = ((start, end), fields[1], fields.Length > 5 ? fields[5] : "");
        return true;
    }

    private static partial class Native
    {
        [LibraryImport("libc")]
        internal static partial int madvise(nuint address, nuint length, int advice);
    }
}
