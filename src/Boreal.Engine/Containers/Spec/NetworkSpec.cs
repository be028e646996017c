namespace Boreal.Engine.Containers.Spec;

/// <summary>How the container is connected. Mode is <c>bridge</c>, <c>none</c>, <c>host</c> or <c>container:ID</c>.</summary>
public sealed record NetworkSpec
{
    public required string Mode { get; init; }

    /// <summary>Ports the image or the client exposes.</summary>
    public IReadOnlyList<PortSpec> Exposed { get; init; } = [];

    /// <summary>Published ports as asked; a container port may occur several times.</summary>
    public IReadOnlyList<PublishedPort> Published { get; init; } = [];

    /// <summary>Publish every exposed port on an ephemeral host port.</summary>
    public bool PublishAll { get; init; }

    public IReadOnlyList<string>? DnsServers { get; init; }

    public IReadOnlyList<string>? DnsOptions { get; init; }

    public IReadOnlyList<string>? DnsSearch { get; init; }

    /// <summary><c>name:address</c>; the address may be <c>host-gateway</c>.</summary>
    public IReadOnlyList<string>? ExtraHosts { get; init; }

    /// <summary>Null lets the engine choose.</summary>
    public string? MacAddress { get; init; }

    public IReadOnlyList<string>? Links { get; init; }
}
