using Boreal.BuildWire.Packets;

namespace Boreal.Cli.Building.Folders;

/// <summary>A folder that a build may ask for, whole or in part, as often as it likes.</summary>
internal interface IOfferedFolder
{
    /// <summary>What the filter lets through. Disposed of by the caller when it is <see cref="IDisposable"/>.</summary>
    ISentFolder Open(FolderFilter filter);
}
