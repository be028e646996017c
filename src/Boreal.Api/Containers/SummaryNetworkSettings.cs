namespace Boreal.Api.Containers;

/// <summary>The part of the network settings a list shows.</summary>
public sealed record SummaryNetworkSettings
{
    public IReadOnlyDictionary<string, EndpointSettings>? Networks { get; set; }
}
