using System.Text.Json.Serialization;
using Boreal.Engine.Networks.Ports;

namespace Boreal.Engine.Networks.Balancing;

/// <summary>What a restarted process needs to go on with a group. Without a spec the group is one of labels only.</summary>
internal sealed record BalanceRecord(BalanceSpec? Spec, IReadOnlyList<VirtualAddress> Addresses)
{
    /// <summary>The service's own.</summary>
    [JsonConverter(typeof(BoundPortsConverter))]
    public IReadOnlyList<BoundPort> Ports { get; init; } = [];
}
