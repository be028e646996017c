namespace Boreal.Engine.Networks.Balancing;

/// <summary>A service's own addresses on a network, empty where the network has none of the family. They stay as long as the service is there.</summary>
public sealed record VirtualAddress(string NetworkId, string Address, string Address6);
