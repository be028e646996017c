namespace Boreal.Api.Networks;

/// <summary>The config-only network that another takes its settings from; empty when it has its own.</summary>
public sealed record NetworkReference
{
    public string Network { get; set; } = "";
}
