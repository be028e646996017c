using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Boreal.Registry.Access.Tokens;

/// <summary>One right in a token.</summary>
internal sealed record TokenAccess
{
    /// <summary><c>repository</c> or <c>registry</c>.</summary>
    [JsonPropertyName("type")]
    public required string Type { get; init; }

    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("actions")]
    [AllowNull]
    public IReadOnlyList<string> Actions { get => field ?? []; init; }
}
