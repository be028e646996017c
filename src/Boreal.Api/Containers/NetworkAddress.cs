namespace Boreal.Api.Containers;

/// <summary>An address with its prefix length.</summary>
public sealed record NetworkAddress
{
    public string Addr { get; set; } = "";

    public int PrefixLen { get; set; }
}
