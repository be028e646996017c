using System.Runtime.InteropServices;
using System.Text;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Errors;

namespace Boreal.Linux.Netlink;

/// <summary>
/// A netlink socket of the network namespace the opening thread was in; it stays with that namespace whichever thread
/// uses it, and keeps it alive. Calls are serialised.
/// </summary>
public sealed partial class NetlinkSocket : IDisposable
{
    private const ushort TypeError = 2;
    private const ushort TypeDone = 3;
    private const ushort FlagTextFollows = 0x200;
    private const ushort AttributeText = 1;

    private readonly FileDescriptor _socket;
    private readonly NetlinkFamily _family;
    private readonly Lock _lock = new();
    private byte[]? _buffer;

    private NetlinkSocket(FileDescriptor socket, NetlinkFamily family)
    {
        _socket = socket;
        _family = family;
    }

    /// <summary>Opens a socket in the calling thread's network namespace.</summary>
    public static NetlinkSocket Open(NetlinkFamily family)
    {
        var socket = Native.socket(Native.Netlink, Native.Raw | Native.CloseOnExec, (int)family);
        if (socket.IsInvalid) throw LinuxException.FromErrno("socket", $"netlink {family}");
        // Whole tables are replaced in one batch, which must fit the send buffer; every message may be answered.
        Native.Set(socket, Native.SocketLevel, Native.SendBufferForce, 16 << 20);
        Native.Set(socket, Native.SocketLevel, Native.ReceiveBufferForce, 4 << 20);
        Native.Set(socket, Native.NetlinkLevel, Native.CapAck, 1);
        Native.Set(socket, Native.NetlinkLevel, Native.ExtendedAck, 1);
        return new NetlinkSocket(socket, family);
    }

    /// <summary>The number the kernel gave this socket; its notices name whose request they tell of.</summary>
    public uint Port
    {
        get
        {
            Span<byte> address = stackalloc byte[12];
            var length = address.Length;
            if (Native.getsockname(_socket, address, ref length) < 0) throw LinuxException.FromErrno("getsockname", "netlink");
            return MemoryMarshal.Read<uint>(address[4..]);
        }
    }

    /// <summary>Sends the messages and throws the first failure. The kernel carries out each one; netfilter batches are all or nothing.</summary>
    public void Execute(NetlinkRequest request)
    {
        if (TryExecute(request) is { } failure) throw failure;
    }

    /// <summary>As <see cref="Execute"/>, but gives the first failure instead of throwing it.</summary>
    public LinuxException? TryExecute(NetlinkRequest request)
    {
        lock (_lock)
        {
            Send(request);
            LinuxException? failure = null;
            // Requests are carried out inside send: all answers are queued by now.
            while (TryReceive(Native.DoNotWait) is { } answers)
            {
                foreach (var message in new NetlinkMessages(answers.Span))
                {
                    if (message.Type == TypeError) failure ??= FailureOf(message, request);
                }
            }

            return failure;
        }
    }

    /// <summary>Asks for a whole table; <paramref name="each"/> gets the payload of every entry.</summary>
    public void Dump(NetlinkRequest request, NetlinkHandler each)
    {
        lock (_lock)
        {
            Send(request);
            while (true)
            {
                var answers = TryReceive(0) ?? throw new LinuxException(Errno.EAGAIN, "recv", _family.ToString());
                foreach (var message in new NetlinkMessages(answers.Span))
                {
                    if (message.Type == TypeDone) return;
                    if (message.Type == TypeError) throw FailureOf(message, request) ?? new LinuxException(Errno.EAGAIN, "recv", request.SubjectOf(0));
                    each(message.Type, message.Payload);
                }
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private static LinuxException? FailureOf(NetlinkMessage message, NetlinkRequest request)
    {
        var errno = -MemoryMarshal.Read<int>(message.Payload);
        if (errno == 0) return null;
        var sequence = MemoryMarshal.Read<int>(message.Payload[12..]);
        var subject = request.SubjectOf(sequence);
        if ((message.Flags & FlagTextFollows) != 0)
        {
            var text = NetlinkAttributes.Find(message.Payload[20..], AttributeText);
            if (!text.IsEmpty) subject = $"{subject} ({Encoding.UTF8.GetString(text).TrimEnd('\0')})";
        }

        return new LinuxException(errno, "netlink", subject);
    }

    private void Send(NetlinkRequest request)
    {
        request.EndMessage();
        while (Native.send(_socket, request.Bytes, request.Bytes.Length, 0) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Errno.EINTR) throw LinuxException.FromErrno("send", $"netlink {request.SubjectOf(0)}");
        }
    }

    private ReadOnlyMemory<byte>? TryReceive(int flags)
    {
        _buffer ??= GC.AllocateUninitializedArray<byte>(64 << 10);
        while (true)
        {
            var count = Native.recv(_socket, _buffer, _buffer.Length, flags);
            if (count >= 0) return _buffer.AsMemory(0, (int)count);
            var errno = Marshal.GetLastPInvokeError();
            if (errno == Errno.EAGAIN) return null;
            if (errno != Errno.EINTR) throw new LinuxException(errno, "recv", $"netlink {_family}");
        }
    }

    private static partial class Native
    {
        internal const int Netlink = 16;
        internal const int Raw = 3;
        internal const int CloseOnExec = 0x80000;
        internal const int DoNotWait = 0x40;
        internal const int SocketLevel = 1;
        internal const int SendBufferForce = 32;
        internal const int ReceiveBufferForce = 33;
        internal const int NetlinkLevel = 270;
        internal const int CapAck = 10;
        internal const int ExtendedAck = 11;

        internal static void Set(FileDescriptor socket, int level, int option, int value)
        {
            if (setsockopt(socket, level, option, in value, sizeof(int)) < 0) throw LinuxException.FromErrno("setsockopt", $"netlink {option}");
        }

        [LibraryImport("libc", SetLastError = true)]
        internal static partial FileDescriptor socket(int domain, int type, int protocol);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int getsockname(FileDescriptor socket, Span<byte> address, ref int length);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial nint send(FileDescriptor socket, ReadOnlySpan<byte> data, nint length, int flags);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial nint recv(FileDescriptor socket, Span<byte> data, nint length, int flags);

        [LibraryImport("libc", SetLastError = true)]
        private static partial int setsockopt(FileDescriptor socket, int level, int option, in int value, int length);
    }
}
