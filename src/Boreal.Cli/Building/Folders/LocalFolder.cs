using Boreal.BuildWire.Packets;

namespace Boreal.Cli.Building.Folders;

/// <summary>A folder of this machine.</summary>
internal sealed class LocalFolder(string path) : IOfferedFolder
{
    public string Path => path;

    public ISentFolder Open(FolderFilter filter) => new FilteredFolder(path, FolderSelection.Create(path, filter));
}
