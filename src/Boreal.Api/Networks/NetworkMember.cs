namespace Boreal.Api.Networks;

/// <summary>A container on a network. Addresses carry the length of their prefix.</summary>
public sealed record NetworkMember
{
    public string Name { get; set; } = "";

    public string EndpointID { get; set; } = "";

    public string MacAddress { get; set; } = "";

    public string IPv4Address { get; set; } = "";

    public string IPv6Address { get; set; } = "";
}
