using System.Text.Json.Serialization;

namespace Boreal.Oci.Distribution.Transport;

internal sealed record TagList([property: JsonPropertyName("tags")] IReadOnlyList<string>? Tags);
