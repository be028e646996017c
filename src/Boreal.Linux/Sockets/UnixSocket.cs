using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Sockets;

/// <summary>Stream sockets of the unix family, see unix(7).</summary>
public static unsafe partial class UnixSocket
{
    private const int UnixFamily = 1;
    private const int Stream = 1;
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const int NoSignal = 0x4000;
    private const int PathBytes = 108;
    private const int SocketLevel = 1;
    private const int RightsMessage = 1;
    private const int CloseOnExecMessage = 0x40000000;

    /// <summary>Binds and listens; a path of over 107 bytes must be reached by a shorter one (for example below /proc/self/fd).</summary>
    public static FileDescriptor Listen(string path, int backlog = 128)
    {
        var socket = Create();
        Span<byte> address = stackalloc byte[2 + PathBytes];
        var length = Address(path, address);
        fixed (byte* start = address)
        {
            if (Native.bind(socket, start, length) == 0 && Native.listen(socket, backlog) == 0) return socket;
        }

        var failure = LinuxException.FromErrno("bind", path);
        socket.Dispose();
        throw failure;
    }

    /// <summary>Accepts a waiting connection, non-blocking; null when there is none (any more).</summary>
    public static FileDescriptor? TryAccept(FileDescriptor listener)
    {
        var accepted = Native.accept4(listener, 0, 0, CloseOnExec | NonBlocking);
        if (!accepted.IsInvalid) return accepted;
        accepted.Dispose();
        return null;
    }

    /// <summary>Two connected sockets.</summary>
    public static (FileDescriptor One, FileDescriptor Other) Pair()
    {
        Span<int> ends = stackalloc int[2];
        if (Native.socketpair(UnixFamily, Stream | CloseOnExec, 0, ends) < 0) throw LinuxException.FromErrno("socketpair");
        return (FileDescriptor.Adopt(ends[0]), FileDescriptor.Adopt(ends[1]));
    }

    /// <summary>Sends without SIGPIPE; the count or the negated error number.</summary>
    public static int TrySend(FileDescriptor socket, ReadOnlySpan<byte> data)
    {
        while (true)
        {
            var count = (int)Native.send(socket, data, data.Length, NoSignal);
            if (count >= 0) return count;
            var errno = Marshal.GetLastPInvokeError();
            if (errno != Errno.EINTR) return -errno;
        }
    }

    /// <summary>Hands the socket over to the runtime's socket classes; the descriptor is theirs then.</summary>
    public static SafeSocketHandle Release(FileDescriptor socket)
    {
        var handle = new SafeSocketHandle(socket.DangerousGetHandle(), ownsHandle: true);
        socket.SetHandleAsInvalid();
        return handle;
    }

    /// <summary>Ends our direction of the connection; what was sent is still delivered.</summary>
    public static void ShutdownSend(FileDescriptor socket) => _ = Native.shutdown(socket, 1);

    /// <summary>Takes one descriptor sent as SCM_RIGHTS; null when the message (or the end) brought none.</summary>
    public static FileDescriptor? TryReceiveDescriptor(FileDescriptor socket)
    {
        var data = stackalloc byte[4096];
        var control = stackalloc long[8];
        var vector = new DataVector { Start = data, Length = 4096 };
        var message = new MessageHeader { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = 64 };
        if (Native.recvmsg(socket, &message, CloseOnExecMessage) < 0 || message.ControlLength < 20) return null;
        // cmsghdr: size_t length, int level, int type, then the descriptors.
        var header = (int*)(control + 1);
        return header[0] == SocketLevel && header[1] == RightsMessage ? FileDescriptor.Adopt(header[2]) : null;
    }

    private static FileDescriptor Create()
    {
        var socket = Native.socket(UnixFamily, Stream | CloseOnExec | NonBlocking, 0);
        return socket.IsInvalid ? throw LinuxException.FromErrno("socket") : socket;
    }

    private static uint Address(string path, Span<byte> address)
    {
        var length = Encoding.UTF8.GetByteCount(path);
        if (length >= PathBytes) throw new LinuxException(Errno.ENAMETOOLONG, "bind", path);
        address.Clear();
        address[0] = UnixFamily;
        Encoding.UTF8.GetBytes(path, address[2..]);
        return (uint)(2 + length + 1);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct DataVector
    {
        internal byte* Start;
        internal nuint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct MessageHeader
    {
        internal void* Name;
        internal uint NameLength;
        internal DataVector* Vectors;
        internal nuint VectorCount;
        internal void* Control;
        internal nuint ControlLength;
        internal int Flags;
    }

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial FileDescriptor socket(int family, int type, int protocol);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int bind(FileDescriptor socket, byte* address, uint length);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int listen(FileDescriptor socket, int backlog);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial FileDescriptor accept4(FileDescriptor socket, nint address, nint length, int flags);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int socketpair(int family, int type, int protocol, Span<int> ends);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial nint send(FileDescriptor socket, ReadOnlySpan<byte> data, nint length, int flags);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int shutdown(FileDescriptor socket, int how);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial nint recvmsg(FileDescriptor socket, MessageHeader* message, int flags);
    }
}
