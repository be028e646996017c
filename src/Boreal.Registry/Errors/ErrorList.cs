using System.Text.Json.Serialization;

namespace Boreal.Registry.Errors;

/// <summary>The body of every refusal.</summary>
internal sealed record ErrorList([property: JsonPropertyName("errors")] IReadOnlyList<ErrorEntry> Errors);
