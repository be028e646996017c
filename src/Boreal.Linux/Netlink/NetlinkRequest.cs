using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Boreal.Linux.Netlink;

/// <summary>
/// Builds one or more netlink messages that go to the kernel in one send, see netlink(7). Attributes belong to the
/// message begun last. Not thread-safe.
/// </summary>
public sealed class NetlinkRequest
{
    internal const int HeaderLength = 16;
    internal const ushort FlagRequest = 1;
    private const ushort NestedBit = 0x8000;

    private readonly List<string> _subjects = [];
    private byte[] _buffer = new byte[1024];
    private int _length;
    private int _messageStart = -1;

    /// <summary>How many messages there are.</summary>
    public int Count => _subjects.Count;

    internal Span<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Begins a message; <paramref name="subject"/> says in errors what it was about.</summary>
    public NetlinkRequest Begin(ushort type, NetlinkFlags flags, string subject)
    {
        EndMessage();
        _messageStart = _length;
        var header = Reserve(HeaderLength);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], type);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], (ushort)((ushort)flags | FlagRequest));
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], _subjects.Count);
        _subjects.Add(subject);
        return this;
    }

    /// <summary>Appends the family's fixed header or any other plain bytes, padded to four.</summary>
    public NetlinkRequest Fixed(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(Align(bytes.Length)));
        return this;
    }

    public NetlinkRequest Attribute(ushort type, ReadOnlySpan<byte> value)
    {
        var target = Reserve(Align(4 + value.Length));
        MemoryMarshal.Write(target, (ushort)(4 + value.Length));
        MemoryMarshal.Write(target[2..], type);
        value.CopyTo(target[4..]);
        return this;
    }

    public NetlinkRequest Attribute(ushort type, byte value) => Attribute(type, [value]);

    /// <summary>A 32-bit value in the machine's order, as rtnetlink wants it.</summary>
    public NetlinkRequest Attribute(ushort type, int value) => Attribute(type, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)));

    /// <summary>A 32-bit value in network order, as netfilter wants it.</summary>
    public NetlinkRequest BigEndian(ushort type, int value) => Attribute(type, BinaryPrimitives.ReverseEndianness(value));

    /// <summary>Text with the terminating zero.</summary>
    public NetlinkRequest Attribute(ushort type, string value)
    {
        Span<byte> bytes = stackalloc byte[Encoding.UTF8.GetMaxByteCount(value.Length) + 1];
        var count = Encoding.UTF8.GetBytes(value, bytes);
        bytes[count] = 0;
        return Attribute(type, bytes[..(count + 1)]);
    }

    /// <summary>An attribute made of what <paramref name="content"/> appends.</summary>
    public NetlinkRequest Nest(ushort type, Action<NetlinkRequest> content)
    {
        var start = _length;
        MemoryMarshal.Write(Reserve(4)[2..], (ushort)(type | NestedBit));
        content(this);
        var length = _length - start;
        if (length > ushort.MaxValue) throw new InvalidOperationException($"a netlink attribute of {length} bytes is longer than the format allows");
        MemoryMarshal.Write(_buffer.AsSpan(start), (ushort)length);
        return this;
    }

    internal string SubjectOf(int sequence) => sequence >= 0 && sequence < _subjects.Count ? _subjects[sequence] : "";

    internal void EndMessage()
    {
        if (_messageStart >= 0) MemoryMarshal.Write(_buffer.AsSpan(_messageStart), _length - _messageStart);
    }

    /// <summary>Sets flags on the last message, such as the request for its acknowledgement.</summary>
    internal void AddFlagsToLast(NetlinkFlags flags) => _buffer[_messageStart + 6] |= (byte)flags;

    private static int Align(int length) => (length + 3) & ~3;

    private Span<byte> Reserve(int count)
    {
        if (_length + count > _buffer.Length) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        var reserved = _buffer.AsSpan(_length, count);
        _length += count;
        return reserved;
    }
}
