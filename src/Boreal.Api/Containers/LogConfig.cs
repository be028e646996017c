namespace Boreal.Api.Containers;

/// <summary>Log driver and its options.</summary>
public sealed record LogConfig
{
    public string Type { get; set; } = "";

    public IReadOnlyDictionary<string, string>? Config { get; set; }
}
