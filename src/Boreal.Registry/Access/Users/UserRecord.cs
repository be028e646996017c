using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Boreal.Registry.Access.Users;

/// <summary>A user in the file.</summary>
internal sealed record UserRecord
{
    /// <summary>Bcrypt. Missing for somebody whose password is in the htpasswd file.</summary>
    [JsonPropertyName("password")]
    public string? Password { get; init; }

    /// <summary><c>PATTERN:ACTIONS</c>.</summary>
    [JsonPropertyName("rights")]
    [AllowNull]
    public IReadOnlyList<string> Rights { get => field ?? []; init; }
}
