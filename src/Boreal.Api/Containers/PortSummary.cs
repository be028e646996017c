using System.Text.Json.Serialization;

namespace Boreal.Api.Containers;

/// <summary>A container port in a list, with where it is published.</summary>
public sealed record PortSummary
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? IP { get; init; }

    public ushort PrivatePort { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ushort PublicPort { get; init; }

    public string Type { get; init; } = "";
}
