namespace Boreal.Linux.Netlink;

/// <summary>One message from the kernel.</summary>
internal readonly ref struct NetlinkMessage(ushort type, ushort flags, ReadOnlySpan<byte> payload)
{
    public ushort Type { get; } = type;

    public ushort Flags { get; } = flags;

    public ReadOnlySpan<byte> Payload { get; } = payload;
}
