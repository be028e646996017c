using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Files;

/// <summary>getdents64(2).</summary>
public static partial class DirectoryEntries
{
    private const int NameOffset = 19;
    private const int BufferBytes = 32 * 1024;

    private static readonly nint Getdents64Number = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? 61 : 217;

    /// <summary>
    /// The names in an open directory in byte order, without <c>.</c> and <c>..</c>. Reads from where the descriptor
    /// stands: for a second listing open it again.
    /// </summary>
    public static IReadOnlyList<string> Names(FileDescriptor directory)
    {
        var names = new List<string>();
        var buffer = new byte[BufferBytes];
        while (true)
        {
            var count = (int)Native.getdents64(Getdents64Number, directory, buffer, buffer.Length);
            if (count < 0) throw LinuxException.FromErrno("getdents64");
            if (count == 0) break;
            Parse(buffer.AsSpan(0, count), names);
        }

        names.Sort(string.CompareOrdinal);
        return names;
    }

    private static void Parse(ReadOnlySpan<byte> records, List<string> names)
    {
        while (!records.IsEmpty)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(records[16..]);
            var name = records[NameOffset..length];
            name = name[..name.IndexOf((byte)0)];
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                names.Add(PathText.Decode(name));
            records = records[length..];
        }
    }

    private static partial class Native
    {
        [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
        internal static partial nint getdents64(nint number, FileDescriptor directory, Span<byte> buffer, nint size);
    }
}
