namespace Boreal.Linux.Netlink;

/// <summary>A link as the kernel lists it; <see cref="Master"/> is the index of the bridge it is a port of, or 0.</summary>
public sealed record LinkEntry(int Index, string Name, int Mtu, int Master)
{
    /// <summary>What makes it, for example <c>bridge</c>; empty for hardware.</summary>
    public string Kind { get; init; } = "";

    /// <summary>A number its maker gave it, see ip-link(8); 0 by default.</summary>
    public int Group { get; init; }
}
