using System.Text.Json.Serialization;

namespace Boreal.Registry.Listing;

/// <summary>The answer to <c>_oci/ext/discover</c>.</summary>
internal sealed record ExtensionList([property: JsonPropertyName("extensions")] IReadOnlyList<ExtensionEntry> Extensions);
