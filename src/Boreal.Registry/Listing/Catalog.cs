using System.Text.Json.Serialization;

namespace Boreal.Registry.Listing;

/// <summary>The answer to <c>_catalog</c>.</summary>
internal sealed record Catalog([property: JsonPropertyName("repositories")] IReadOnlyList<string> Repositories);
