using System.Text.Json.Serialization;

namespace Boreal.Api.Networks;

/// <summary>A network: answer of <c>GET /networks/{id}</c> and an entry of <c>GET /networks</c>.</summary>
public sealed record NetworkInspect
{
    public string Name { get; set; } = "";

    public string Id { get; set; } = "";

    public string Created { get; set; } = "";

    public string Scope { get; set; } = "";

    public string Driver { get; set; } = "";

    /// <summary>Since API 1.47; null leaves it out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? EnableIPv4 { get; set; }

    public bool EnableIPv6 { get; set; }

    public NetworkIpam IPAM { get; set; } = new();

    public bool Internal { get; set; }

    public bool Attachable { get; set; }

    public bool Ingress { get; set; }

    public NetworkReference ConfigFrom { get; set; } = new();

    public bool ConfigOnly { get; set; }

    /// <summary>By container id. A list leaves it empty.</summary>
    public IReadOnlyDictionary<string, NetworkMember>? Containers { get; set; }

    public IReadOnlyDictionary<string, string>? Options { get; set; }

    public IReadOnlyDictionary<string, string>? Labels { get; set; }
}
