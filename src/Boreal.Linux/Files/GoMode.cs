namespace Boreal.Linux.Files;

/// <summary>The mode bits of Go's os.FileMode, which Docker's protocols carry instead of st_mode.</summary>
public static class GoMode
{
    private const uint Directory = 1u << 31;
    private const uint SymbolicLink = 1u << 27;
    private const uint Device = 1u << 26;
    private const uint Fifo = 1u << 25;
    private const uint Socket = 1u << 24;
    private const uint SetUser = 1u << 23;
    private const uint SetGroup = 1u << 22;
    private const uint CharacterDevice = 1u << 21;
    private const uint Sticky = 1u << 20;
    private const uint Irregular = 1u << 19;
    private const uint Kinds = Directory | SymbolicLink | Device | Fifo | Socket | CharacterDevice | Irregular;

    /// <summary><see cref="FileKind.Unknown"/> for a combination that no file has.</summary>
    public static FileKind KindOf(uint mode) => (mode & Kinds) switch
    {
        0 => FileKind.Regular,
        Directory => FileKind.Directory,
        SymbolicLink => FileKind.SymbolicLink,
        Fifo => FileKind.Fifo,
        Socket => FileKind.Socket,
        Device => FileKind.BlockDevice,
        Device | CharacterDevice => FileKind.CharacterDevice,
        _ => FileKind.Unknown,
    };

    public static uint PermissionsOf(uint mode) =>
        (mode & 0x1FF) | ((mode & SetUser) != 0 ? 0x800u : 0) | ((mode & SetGroup) != 0 ? 0x400u : 0) | ((mode & Sticky) != 0 ? 0x200u : 0);

    public static uint Of(FileKind kind, uint permissions)
    {
        var mode = permissions & 0x1FF;
        mode |= kind switch
        {
            FileKind.Directory => Directory,
            FileKind.SymbolicLink => SymbolicLink,
            FileKind.Fifo => Fifo,
            FileKind.BlockDevice => Device,
            FileKind.CharacterDevice => Device | CharacterDevice,
            FileKind.Socket => Socket,
            _ => 0,
        };
        if ((permissions & 0x800) != 0) mode |= SetUser;
        if ((permissions & 0x400) != 0) mode |= SetGroup;
        if ((permissions & 0x200) != 0) mode |= Sticky;
        return mode;
    }
}
