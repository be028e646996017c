using System.Globalization;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Cgroups;

/// <summary>Reads and writes the small text files of a control group. A file that is not there reads as empty or zero.</summary>
public static class CgroupFile
{
    private const int NoSuchDevice = 19;

    /// <summary>The trimmed text; empty if there is no such file or the group is just being removed.</summary>
    public static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException || IsGone(exception))
        {
            return "";
        }
    }

    /// <summary>A single number; <c>max</c> is the largest one.</summary>
    public static ulong Number(string path) => Parse(Text(path));

    /// <summary>Lines of a name and a number, as memory.stat has them.</summary>
    public static Dictionary<string, ulong> Pairs(string path)
    {
        var pairs = new Dictionary<string, ulong>(StringComparer.Ordinal);
        foreach (var line in Text(path).AsSpan().EnumerateLines())
        {
            var space = line.IndexOf(' ');
            if (space > 0) pairs[line[..space].ToString()] = Parse(line[(space + 1)..]);
        }

        return pairs;
    }

    /// <summary>Writes in one call, as the kernel wants it. The kernel's refusal is an exception naming the file and the value.</summary>
    public static void Write(string path, string value)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            file.Write(System.Text.Encoding.ASCII.GetBytes(value));
        }
        catch (IOException exception)
        {
            throw new IOException($"write {value} to {path}: {exception.Message}", exception);
        }
    }

    /// <summary>A number of the kernel's; <c>max</c> is the largest one, anything else zero.</summary>
    public static ulong Parse(ReadOnlySpan<char> text)
    {
        if (text is "max") return ulong.MaxValue;
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    /// <summary>ENODEV: the file was opened, but its group is removed.</summary>
    private static bool IsGone(Exception exception) => exception is IOException { HResult: NoSuchDevice } or LinuxException { Errno: Errno.ENODEV };
}
