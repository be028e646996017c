using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Boreal.Linux.Errors;
using Microsoft.Win32.SafeHandles;

namespace Boreal.Linux.Sockets;

/// <summary>
/// Tells when the other end of a socket has vanished, without reading from it: a peer that only shut down its
/// sending side is still there. See epoll(7): EPOLLHUP and EPOLLERR are reported whatever was asked for.
/// </summary>
public sealed partial class HangupWatch
{
    private const uint OneShot = 1u << 30;
    private const uint ReadHangup = 0x2000;
    private const int CloseOnExec = 0x80000;
    private const int Add = 1;
    private const int Interrupted = 4;
    private const int EventsPerWait = 32;

    private static readonly Lazy<HangupWatch> LazyShared = new(() => new HangupWatch());

    // struct epoll_event is packed on x86-64 only.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture is Architecture.X64 ? 4 : 8;

    private readonly SafeFileHandle _epoll;
    private readonly ConcurrentDictionary<long, Action> _actions = new();
    private long _lastKey;

    private HangupWatch()
    {
        _epoll = Native.epoll_create1(CloseOnExec);
        if (_epoll.IsInvalid)
            throw LinuxException.FromErrno("epoll_create1");
        new Thread(Run, maxStackSize: 256 * 1024) { IsBackground = true, Name = "hangups" }.Start();
    }

    /// <summary>The process's one watch; its thread starts with the first use.</summary>
    public static HangupWatch Shared => LazyShared.Value;

    /// <summary>
    /// Calls <paramref name="vanished"/> once, on the thread pool, when the peer is gone. With <paramref name="countsReadHangup"/>
    /// a peer's end of sending counts too (TCP tells nothing more before we write). Dispose before closing the socket.
    /// </summary>
    public unsafe IDisposable Register(SafeHandle socket, bool countsReadHangup, Action vanished)
    {
        var key = Interlocked.Increment(ref _lastKey);
        _actions[key] = vanished;
        var entry = stackalloc byte[16];
        *(uint*)entry = OneShot | (countsReadHangup ? ReadHangup : 0);
        *(long*)(entry + DataOffset) = key;
        if (Native.epoll_ctl(_epoll, Add, socket, entry) < 0)
        {
            _actions.TryRemove(key, out _);
            throw LinuxException.FromErrno("epoll_ctl");
        }
        return new Registration(this, key, socket);
    }

    private unsafe void Run()
    {
        var size = DataOffset + sizeof(long);
        var entries = stackalloc byte[size * EventsPerWait];
        while (true)
        {
            var count = Native.epoll_wait(_epoll, entries, EventsPerWait, -1);
            if (count < 0 && Marshal.GetLastPInvokeError() != Interrupted)
                throw LinuxException.FromErrno("epoll_wait");
            for (var i = 0; i < count; i++)
            {
                if (_actions.TryRemove(*(long*)(entries + (i * size) + DataOffset), out var vanished))
                    ThreadPool.UnsafeQueueUserWorkItem(static action => action(), vanished, preferLocal: false);
            }
        }
    }

    private sealed unsafe class Registration(HangupWatch owner, long key, SafeHandle socket) : IDisposable
    {
        private const int Delete = 2;

        public void Dispose()
        {
            owner._actions.TryRemove(key, out _);
            // A socket that is closed already has left the set by itself.
            if (!socket.IsClosed)
                _ = Native.epoll_ctl(owner._epoll, Delete, socket, null);
        }
    }

    private static unsafe partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial SafeFileHandle epoll_create1(int flags);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int epoll_ctl(SafeFileHandle epoll, int operation, SafeHandle socket, byte* entry);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int epoll_wait(SafeFileHandle epoll, byte* entries, int count, int milliseconds);
    }
}
