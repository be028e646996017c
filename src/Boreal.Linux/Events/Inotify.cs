using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Events;

/// <summary>An inotify(7) instance for watching files and directories.</summary>
public sealed partial class Inotify : IDisposable
{
    private const int CloseOnExec = 0x80000;
    private const int HeaderBytes = 16;

    public Inotify()
    {
        Descriptor = Native.inotify_init1(CloseOnExec);
        if (Descriptor.IsInvalid) throw LinuxException.FromErrno("inotify_init1");
    }

    /// <summary>Readable while events wait.</summary>
    public FileDescriptor Descriptor { get; }

    /// <summary>Watches a file or directory; the same one gives the same number again.</summary>
    public int Watch(string path, InotifyEvents events)
    {
        var watch = Native.inotify_add_watch(Descriptor, path, (uint)events);
        return watch >= 0 ? watch : throw LinuxException.FromErrno("inotify_add_watch", path);
    }

    /// <summary>Ends a watch; one that ended with its directory is no error.</summary>
    public void Unwatch(int watch) => _ = Native.inotify_rm_watch(Descriptor, watch);

    /// <summary>Waits for events and gives the watches they belong to; -1 stands for all of them (the queue overflowed).</summary>
    public IReadOnlyList<int> Read()
    {
        Span<byte> buffer = stackalloc byte[4096];
        var count = Descriptor.TryRead(buffer);
        if (count < 0) throw new LinuxException(-count, "read", "inotify");
        var watches = new List<int>();
        for (var rest = buffer[..count]; rest.Length >= HeaderBytes;)
        {
            watches.Add(BinaryPrimitives.ReadInt32LittleEndian(rest));
            rest = rest[(HeaderBytes + BinaryPrimitives.ReadInt32LittleEndian(rest[12..]))..];
        }

        return watches;
    }

    public void Dispose() => Descriptor.Dispose();

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial FileDescriptor inotify_init1(int flags);

        [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
        internal static partial int inotify_add_watch(FileDescriptor descriptor, string path, uint events);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int inotify_rm_watch(FileDescriptor descriptor, int watch);
    }
}
