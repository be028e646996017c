namespace Boreal.Linux.Netlink;

/// <summary>Message flags, see netlink(7). The request flag is always set.</summary>
[Flags]
public enum NetlinkFlags : ushort
{
    None = 0,

    /// <summary>Report the outcome also when it is good.</summary>
    Acknowledge = 0x4,

    /// <summary>Give the whole table.</summary>
    Dump = 0x300,

    /// <summary>Fail with EEXIST when it exists.</summary>
    Exclusive = 0x200,

    /// <summary>Replace what exists.</summary>
    Replace = 0x100,

    /// <summary>Make it when it does not exist.</summary>
    Create = 0x400,

    /// <summary>Put it at the end of the list.</summary>
    Append = 0x800,
}
