using Boreal.Engine.Networks.Ports;

namespace Boreal.Engine.Networks.Balancing;

/// <summary>What is in force for a service.</summary>
public sealed record BalanceStatus(string Service, long Revision, IReadOnlyList<VirtualAddress> Addresses, IReadOnlyList<BoundPort> Ports);
