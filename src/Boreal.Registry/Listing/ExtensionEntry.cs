using System.Text.Json.Serialization;

namespace Boreal.Registry.Listing;

/// <summary>What a registry can beyond the specification.</summary>
internal sealed record ExtensionEntry(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("description")] string Description,
    [property: JsonPropertyName("endpoints")] IReadOnlyList<string> Endpoints);
