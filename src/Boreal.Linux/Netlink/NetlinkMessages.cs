using System.Runtime.InteropServices;

namespace Boreal.Linux.Netlink;

/// <summary>Walks the messages of one datagram from the kernel.</summary>
internal ref struct NetlinkMessages(ReadOnlySpan<byte> datagram)
{
    private ReadOnlySpan<byte> _rest = datagram;

    public NetlinkMessage Current { get; private set; }

    public readonly NetlinkMessages GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.Length < NetlinkRequest.HeaderLength) return false;
        var length = MemoryMarshal.Read<int>(_rest);
        if (length < NetlinkRequest.HeaderLength || length > _rest.Length) return false;
        Current = new NetlinkMessage(MemoryMarshal.Read<ushort>(_rest[4..]), MemoryMarshal.Read<ushort>(_rest[6..]), _rest[NetlinkRequest.HeaderLength..length]);
        _rest = _rest[Math.Min((length + 3) & ~3, _rest.Length)..];
        return true;
    }
}
