using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Boreal.Registry.Access.Users;

/// <summary>The user file's content.</summary>
internal sealed record UserDocument
{
    [JsonPropertyName("users")]
    [AllowNull]
    public SortedDictionary<string, UserRecord> Users { get => field ??= new(StringComparer.Ordinal); init; }

    /// <summary>Rights of everybody, also without a name.</summary>
    [JsonPropertyName("anonymous")]
    [AllowNull]
    public IReadOnlyList<string> Anonymous { get => field ?? []; init; }
}
