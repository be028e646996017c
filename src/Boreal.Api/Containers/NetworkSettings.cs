namespace Boreal.Api.Containers;

/// <summary>A container's networks, with the default bridge's endpoint repeated on top.</summary>
public sealed record NetworkSettings
{
    public string Bridge { get; set; } = "";

    public string SandboxID { get; set; } = "";

    public string SandboxKey { get; set; } = "";

    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?>? Ports { get; set; }

    public bool HairpinMode { get; set; }

    public string LinkLocalIPv6Address { get; set; } = "";

    public int LinkLocalIPv6PrefixLen { get; set; }

    public IReadOnlyList<NetworkAddress>? SecondaryIPAddresses { get; set; }

    public IReadOnlyList<NetworkAddress>? SecondaryIPv6Addresses { get; set; }

    public string EndpointID { get; set; } = "";

    public string Gateway { get; set; } = "";

    public string GlobalIPv6Address { get; set; } = "";

    public int GlobalIPv6PrefixLen { get; set; }

    public string IPAddress { get; set; } = "";

    public int IPPrefixLen { get; set; }

    public string IPv6Gateway { get; set; } = "";

    public string MacAddress { get; set; } = "";

    public IReadOnlyDictionary<string, EndpointSettings>? Networks { get; set; }
}
