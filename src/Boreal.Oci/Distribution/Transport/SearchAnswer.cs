using System.Text.Json.Serialization;

namespace Boreal.Oci.Distribution.Transport;

internal sealed record SearchAnswer([property: JsonPropertyName("results")] IReadOnlyList<SearchResult>? Results);
