namespace Boreal.Linux.Nftables;

/// <summary>A chain that exists.</summary>
public sealed record NftChain(string Table, string Name)
{
    /// <summary>A base chain that drops what no rule of it accepts.</summary>
    public bool DropsByDefault { get; init; }
}
