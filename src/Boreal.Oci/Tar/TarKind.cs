namespace Boreal.Oci.Tar;

/// <summary>What an entry makes.</summary>
public enum TarKind
{
    Regular,
    HardLink,
    SymbolicLink,
    CharacterDevice,
    BlockDevice,
    Directory,
    Fifo,

    /// <summary>A type nothing defines; carries no meaning for a file tree.</summary>
    Unknown,
}
