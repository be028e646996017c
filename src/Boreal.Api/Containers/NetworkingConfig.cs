namespace Boreal.Api.Containers;

/// <summary>The networks a container joins, by name.</summary>
public sealed record NetworkingConfig
{
    public IReadOnlyDictionary<string, EndpointSettings?>? EndpointsConfig { get; set; }
}
