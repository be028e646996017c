using System.Text.Json.Serialization;

namespace Boreal.Registry.Errors;

/// <summary>One reason of a refusal.</summary>
internal sealed record ErrorEntry(
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("detail")] string? Detail);
