using Boreal.BuildWire.Protocol.Types;

namespace Boreal.BuildWire.Packets;

/// <summary>What a <see cref="FolderSender"/> sends.</summary>
internal interface ISentFolder
{
    /// <summary>
    /// Every entry, depth first, names in byte order; the index of an entry is its number from then on. Asked for once, on one thread,
    /// while others read.
    /// </summary>
    IEnumerable<Stat> Describe();

    /// <summary>The data of an entry, from its beginning; null when it is gone or has none.</summary>
    ISentFile? TryOpen(uint entry);
}
