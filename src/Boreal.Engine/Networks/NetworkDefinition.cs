using System.Text.Json.Serialization;
using Boreal.Engine.Networks.Sandboxes;

namespace Boreal.Engine.Networks;

/// <summary>What a network is: as asked for, with what the engine chose. Immutable and persisted. Maps are null where the client sent none.</summary>
public sealed record NetworkDefinition
{
    /// <summary>64 hex digits.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required string Driver { get; init; }

    public string Scope { get; init; } = "local";

    public bool EnableIPv4 { get; init; } = true;

    public bool EnableIPv6 { get; init; }

    public string IpamDriver { get; init; } = "default";

    public IReadOnlyDictionary<string, string>? IpamOptions { get; init; }

    /// <summary>Those asked for, then those chosen.</summary>
    public IReadOnlyList<NetworkPool> Pools { get; init; } = [];

    /// <summary>The host had the link that the options name before the network: it stays when the network goes.</summary>
    public bool IsLinkForeign { get; init; }

    /// <summary>Nothing leads in or out.</summary>
    public bool IsInternal { get; init; }

    public bool IsAttachable { get; init; }

    public bool IsIngress { get; init; }

    /// <summary>No network but a description that others are made from.</summary>
    public bool IsConfigOnly { get; init; }

    /// <summary>The description it was made from, or empty.</summary>
    public string ConfigFrom { get; init; } = "";

    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public static string CreateId() => SandboxNames.CreateId();

    /// <summary>One of <c>bridge</c>, <c>host</c> and <c>none</c>, which are always there.</summary>
    [JsonIgnore]
    public bool IsPredefined => PredefinedNetworks.Names.Contains(Name);
}
