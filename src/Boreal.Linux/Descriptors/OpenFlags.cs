namespace Boreal.Linux.Descriptors;

/// <summary>Flags of open(2) whose values are the same on x86-64 and arm64.</summary>
[Flags]
public enum OpenFlags
{
    ReadOnly = 0,
    WriteOnly = 1,
    ReadWrite = 2,
    Create = 0x40,
    Exclusive = 0x80,
    NoTerminal = 0x100,
    Truncate = 0x200,
    Append = 0x400,
    NonBlocking = 0x800,
    CloseOnExec = 0x80000,
    PathOnly = 0x200000,
}
