using Boreal.Linux.Files;

namespace Boreal.Engine.Archives;

/// <summary>What a path in a container is. Mode is Go's os.FileMode, as Docker's clients read it.</summary>
public sealed record PathStat(string Name, long Size, uint Mode, DateTimeOffset Modified, string LinkTarget)
{
    public bool IsDirectory => Linux.Files.GoMode.KindOf(Mode) is FileKind.Directory;

    internal static uint GoMode(in FileStatus status) => Linux.Files.GoMode.Of(status.Kind, status.Permissions);
}
