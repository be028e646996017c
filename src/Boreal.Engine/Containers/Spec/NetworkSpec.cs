using System.Text.Json.Serialization;

namespace Boreal.Engine.Containers.Spec;

/// <summary>How the container is connected. Mode is a network's name or id, <c>bridge</c>, <c>none</c>, <c>host</c> or <c>container:ID</c>.</summary>
public sealed record NetworkSpec
{
    private const string JoinPrefix = "container:";

    public required string Mode { get; init; }

    /// <summary>The networks asked for; null: the one of <see cref="Mode"/> and nothing about it.</summary>
    public IReadOnlyList<EndpointSpec>? Endpoints { get; init; }

    /// <summary>It has no network of its own but another container's.</summary>
    [JsonIgnore]
    public bool IsJoined => Mode.StartsWith(JoinPrefix, StringComparison.Ordinal);

    /// <summary>The networks it is on, or will be when it runs: none where it shares another container's.</summary>
    [JsonIgnore]
    public IReadOnlyList<EndpointSpec> Networks =>
        IsJoined ? [] : Endpoints ?? [new EndpointSpec { Network = Mode is "" or "default" ? "bridge" : Mode, MacAddress = MacAddress ?? "" }];

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
