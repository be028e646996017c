namespace Boreal.Engine.Programs;

/// <summary>A file that a program finds at a path while it runs, and nobody after it. It never gets to a disk.</summary>
public sealed record ProgramFile(string Target, ReadOnlyMemory<byte> Content)
{
    public uint Mode { get; init; } = 0x100;

    public uint Uid { get; init; }

    public uint Gid { get; init; }
}
