namespace Boreal.Engine.Networks.Balancing;

/// <summary>
/// The names of a service on a network, given by id or name: they stand for one virtual address or for all containers
/// that get connections. <c>tasks.NAME</c> always stands for the containers; while none gets connections, for those that are not about to end.
/// </summary>
public sealed record BalancedNetwork(string Network, bool IsVirtual, IReadOnlyList<string> Names);
