using System.Runtime.InteropServices;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Descriptors;

/// <summary>A file descriptor, owned but for <see cref="Borrow"/>; every way to make one sets close-on-exec.</summary>
public sealed partial class FileDescriptor : SafeHandle
{
    private const int GetFlags = 3;
    private const int SetFlags = 4;
    private const int DuplicateCloseOnExec = 1030;
    private const int NonBlocking = 0x800;
    private const int AddSeals = 1033;

    // F_SEAL_SEAL, F_SEAL_SHRINK, F_SEAL_GROW, F_SEAL_WRITE
    private const int EverySeal = 0xF;

    /// <summary>For the marshaller; such an instance is invalid until a system call fills it.</summary>
    public FileDescriptor()
        : base(-1, ownsHandle: true)
    {
    }

    private FileDescriptor(int descriptor, bool isOwned = true)
        : base(-1, isOwned) => SetHandle(descriptor);

    /// <inheritdoc/>
    /// <remarks>Only the low half counts: calls return an int, and the marshaller takes the whole register.</remarks>
    public override bool IsInvalid => (int)handle == -1;

    /// <summary>Takes over a descriptor this process was started with (see <see cref="Processes.SpawnRequest.Inherit"/>).</summary>
    public static FileDescriptor Adopt(int descriptor) => new(descriptor);

    /// <summary>
    /// Standard input, output or error, which stay open. One that was adopted instead is closed when the collector finds it forgotten;
    /// the number then names whatever is opened next.
    /// </summary>
    public static FileDescriptor Borrow(int descriptor) => new(descriptor, isOwned: false);

    /// <summary>Opens a path, see open(2). Close-on-exec is added.</summary>
    public static FileDescriptor Open(string path, OpenFlags flags, uint mode = 0)
    {
        var opened = TryOpen(path, flags, mode, out var errno);
        return opened ?? throw new LinuxException(errno, "open", path);
    }

    /// <summary>As <see cref="Open"/>, but null and the error number where the path cannot be opened.</summary>
    public static FileDescriptor? TryOpen(string path, OpenFlags flags, uint mode, out int errno)
    {
        while (true)
        {
            var opened = Native.open(path, (int)(flags | OpenFlags.CloseOnExec), mode);
            errno = opened.IsInvalid ? Marshal.GetLastPInvokeError() : 0;
            if (errno == 0) return opened;
            opened.Dispose();
            if (errno != Errno.EINTR) return null;
        }
    }

    /// <summary>Reads; returns the count, 0 at the end, or the negated error number (EAGAIN is an ordinary one).</summary>
    public int TryRead(Span<byte> buffer)
    {
        while (true)
        {
            var count = (int)Native.read(this, buffer, buffer.Length);
            if (count >= 0) return count;
            var errno = Marshal.GetLastPInvokeError();
            if (errno != Errno.EINTR) return -errno;
        }
    }

    /// <summary>Writes; returns the count or the negated error number (EAGAIN and EPIPE are ordinary ones).</summary>
    public int TryWrite(ReadOnlySpan<byte> data)
    {
        while (true)
        {
            var count = (int)Native.write(this, data, data.Length);
            if (count >= 0) return count;
            var errno = Marshal.GetLastPInvokeError();
            if (errno != Errno.EINTR) return -errno;
        }
    }

    /// <summary>Writes everything to a blocking descriptor.</summary>
    public void WriteAll(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            var count = TryWrite(data);
            if (count < 0) throw new LinuxException(-count, "write");
            data = data[count..];
        }
    }

    /// <summary>Switches O_NONBLOCK on or off.</summary>
    public void SetNonBlocking(bool on)
    {
        var flags = Native.fcntl(this, GetFlags, 0);
        if (flags < 0) throw LinuxException.FromErrno("fcntl");
        if (Native.fcntl(this, SetFlags, on ? flags | NonBlocking : flags & ~NonBlocking) < 0) throw LinuxException.FromErrno("fcntl");
    }

    /// <summary>A second descriptor of the same open file, numbered <paramref name="lowest"/> or above.</summary>
    public FileDescriptor Duplicate(int lowest = 3)
    {
        var copy = Native.fcntl(this, DuplicateCloseOnExec, lowest);
        return copy >= 0 ? new FileDescriptor(copy) : throw LinuxException.FromErrno("fcntl");
    }

    /// <summary>Reads at a position; returns the count (0 at the end).</summary>
    public int ReadAt(Span<byte> buffer, long position)
    {
        var count = (int)Native.pread(this, buffer, buffer.Length, position);
        return count >= 0 ? count : throw LinuxException.FromErrno("pread");
    }

    /// <summary>The file's size; moves the position to the end.</summary>
    public long SeekEnd()
    {
        const int fromEnd = 2;
        var size = Native.lseek(this, 0, fromEnd);
        return size >= 0 ? size : throw LinuxException.FromErrno("lseek");
    }

    /// <summary>Cuts the file to this size.</summary>
    public void Truncate(long size)
    {
        if (Native.ftruncate(this, size) < 0) throw LinuxException.FromErrno("ftruncate");
    }

    /// <summary>Nobody can change a memory file's content any more (F_ADD_SEALS, see fcntl(2)).</summary>
    public void Seal()
    {
        if (Native.fcntl(this, AddSeals, EverySeal) < 0) throw LinuxException.FromErrno("fcntl");
    }

    /// <summary>Flushes the file's data and metadata to the disk.</summary>
    public void Sync()
    {
        if (Native.fsync(this) < 0) throw LinuxException.FromErrno("fsync");
    }

    /// <summary>The number, for the few kernel interfaces that take it as text.</summary>
    public string Number => ((int)handle).ToString();

    /// <summary>The path by which another process (with the right to look) can reach this descriptor's file.</summary>
    public string ProcPath(int ownerProcess) => $"/proc/{ownerProcess}/fd/{(int)handle}";

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Native.close((int)handle) == 0;

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
        internal static partial FileDescriptor open(string path, int flags, uint mode);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial nint read(FileDescriptor descriptor, Span<byte> buffer, nint count);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial nint write(FileDescriptor descriptor, ReadOnlySpan<byte> data, nint count);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int fcntl(FileDescriptor descriptor, int command, int argument);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int fsync(FileDescriptor descriptor);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial nint pread(FileDescriptor descriptor, Span<byte> buffer, nint count, long position);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial long lseek(FileDescriptor descriptor, long offset, int origin);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int ftruncate(FileDescriptor descriptor, long size);

        [LibraryImport("libc")]
        internal static partial int close(int descriptor);
    }
}
