using System.Text.Json.Serialization;

namespace Boreal.Api.Node;

/// <summary>One OCI runtime that containers may ask for.</summary>
public sealed record InfoRuntime
{
    [JsonPropertyName("path")]
    public string Path { get; init; } = "";

    [JsonPropertyName("runtimeArgs"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? RuntimeArgs { get; init; }
}
