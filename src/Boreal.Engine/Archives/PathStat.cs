namespace Boreal.Engine.Archives;

/// <summary>What a path in a container is. Mode is Go's os.FileMode, as Docker's clients read it.</summary>
public sealed record PathStat(string Name, long Size, uint Mode, DateTimeOffset Modified, string LinkTarget)
{
    private const uint Directory = 1u << 31;
    private const uint SymbolicLink = 1u << 27;
    private const uint Device = 1u << 26;
    private const uint Fifo = 1u << 25;
    private const uint Socket = 1u << 24;
    private const uint SetUid = 1u << 23;
    private const uint SetGid = 1u << 22;
    private const uint CharacterDevice = 1u << 21;
    private const uint Sticky = 1u << 20;

    public bool IsDirectory => (Mode & Directory) != 0;

    internal static uint GoMode(in Linux.Files.FileStatus status)
    {
        var permissions = status.Permissions;
        return (permissions & 0x1FF)
            | ((permissions & 0x800) != 0 ? SetUid : 0)
            | ((permissions & 0x400) != 0 ? SetGid : 0)
            | ((permissions & 0x200) != 0 ? Sticky : 0)
            | status.Kind switch
            {
                Linux.Files.FileKind.Directory => Directory,
                Linux.Files.FileKind.SymbolicLink => SymbolicLink,
                Linux.Files.FileKind.BlockDevice => Device,
                Linux.Files.FileKind.CharacterDevice => Device | CharacterDevice,
                Linux.Files.FileKind.Fifo => Fifo,
                Linux.Files.FileKind.Socket => Socket,
                _ => 0,
            };
    }
}
