using System.Text.Json.Serialization;

namespace Boreal.Registry.Listing;

/// <summary>The answer to <c>tags/list</c>.</summary>
internal sealed record TagList(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("tags")] IReadOnlyList<string> Tags);
