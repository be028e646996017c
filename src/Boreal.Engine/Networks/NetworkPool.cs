using System.Text.Json.Serialization;

namespace Boreal.Engine.Networks;

/// <summary>A subnet of a network in Docker's notation, as asked for or as chosen; empty text where nothing was asked.</summary>
public sealed record NetworkPool
{
    public required string Subnet { get; init; }

    /// <summary>The part of the subnet that addresses are given out from.</summary>
    public string Range { get; init; } = "";

    public string Gateway { get; init; } = "";

    /// <summary>Addresses that are never given out, by the name of who has them.</summary>
    public IReadOnlyDictionary<string, string>? Auxiliary { get; init; }

    /// <summary>The engine chose it.</summary>
    public bool IsChosen { get; init; }

    [JsonIgnore]
    public bool IsIPv6 => Subnet.Contains(':', StringComparison.Ordinal);
}
