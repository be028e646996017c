namespace Boreal.Api.Containers;

/// <summary>Where a container port is published on the host.</summary>
public sealed record PortBinding
{
    public string HostIp { get; set; } = "";

    public string HostPort { get; set; } = "";
}
