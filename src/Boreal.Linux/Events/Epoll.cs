using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Events;

/// <summary>An epoll(7) instance; what is watched is named by a token of the caller's.</summary>
public sealed unsafe partial class Epoll : IDisposable
{
    private const int CloseOnExec = 0x80000;
    private const int EntryLimit = 32;
    private readonly FileDescriptor _descriptor;
    private readonly byte* _entries;

    // The kernel packs struct epoll_event on x86-64 only.
    private static readonly int EntryBytes = RuntimeInformation.ProcessArchitecture is Architecture.X64 ? 12 : 16;

    public Epoll()
    {
        _descriptor = Native.epoll_create1(CloseOnExec);
        if (_descriptor.IsInvalid) throw LinuxException.FromErrno("epoll_create1");
        _entries = (byte*)NativeMemory.Alloc((nuint)(EntryLimit * EntryBytes));
    }

    public void Add(FileDescriptor descriptor, EpollEvents events, int token) => Control(1, descriptor, events, token);

    public void Modify(FileDescriptor descriptor, EpollEvents events, int token) => Control(3, descriptor, events, token);

    public void Remove(FileDescriptor descriptor) => Control(2, descriptor, EpollEvents.None, 0);

    /// <summary>Waits for readiness; returns how many entries <see cref="Ready"/> then holds. -1 waits without end.</summary>
    public int Wait(int milliseconds)
    {
        var count = Native.epoll_wait(_descriptor, _entries, EntryLimit, milliseconds);
        if (count >= 0) return count;
        return Marshal.GetLastPInvokeError() is Errno.EINTR ? 0 : throw LinuxException.FromErrno("epoll_wait");
    }

    public (EpollEvents Events, int Token) Ready(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)EntryLimit);
        var entry = _entries + (index * EntryBytes);
        return ((EpollEvents)Unsafe.ReadUnaligned<int>(entry), Unsafe.ReadUnaligned<int>(entry + EntryBytes - 8));
    }

    public void Dispose()
    {
        _descriptor.Dispose();
        NativeMemory.Free(_entries);
    }

    private void Control(int operation, FileDescriptor descriptor, EpollEvents events, int token)
    {
        var entry = stackalloc byte[16];
        Unsafe.WriteUnaligned(entry, (int)events);
        Unsafe.WriteUnaligned(entry + EntryBytes - 8, (long)token);
        if (Native.epoll_ctl(_descriptor, operation, descriptor, entry) < 0) throw LinuxException.FromErrno("epoll_ctl");
    }

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial FileDescriptor epoll_create1(int flags);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int epoll_ctl(FileDescriptor epoll, int operation, FileDescriptor descriptor, byte* entry);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int epoll_wait(FileDescriptor epoll, byte* entries, int limit, int milliseconds);
    }
}
