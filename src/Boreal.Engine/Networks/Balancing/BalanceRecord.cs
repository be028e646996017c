namespace Boreal.Engine.Networks.Balancing;

/// <summary>What a restarted process needs to go on with a group. Without a spec the group is one of labels only.</summary>
internal sealed record BalanceRecord(BalanceSpec? Spec, IReadOnlyList<VirtualAddress> Addresses);
