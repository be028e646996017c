namespace Boreal.Linux.Nftables;

/// <summary>What others changed.</summary>
public enum NftConcern
{
    /// <summary>Something of ours may be gone.</summary>
    OwnTables,

    /// <summary>A chain of theirs that our packets must pass.</summary>
    WatchedChain,
}
