namespace Boreal.Linux.Nftables;

/// <summary>Where a base chain is called; <see cref="Type"/> is <c>filter</c> or <c>nat</c>, lower priorities come first.</summary>
public sealed record NftHook(string Type, NftHookPoint Point, int Priority);
