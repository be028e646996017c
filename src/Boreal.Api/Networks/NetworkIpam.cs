namespace Boreal.Api.Networks;

/// <summary>Where a network's addresses come from.</summary>
public sealed record NetworkIpam
{
    public string Driver { get; set; } = "";

    public IReadOnlyDictionary<string, string>? Options { get; set; }

    public IReadOnlyList<NetworkIpamPool>? Config { get; set; }
}
