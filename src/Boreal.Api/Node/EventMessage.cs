using System.Text.Json.Serialization;

namespace Boreal.Api.Node;

/// <summary>One line of <c>GET /events</c>.</summary>
public sealed record EventMessage
{
    /// <summary>As <see cref="Action"/>, for clients from before API 1.22; only with containers and images.</summary>
    [JsonPropertyName("status"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Status { get; init; }

    /// <summary>As <see cref="EventActor.ID"/>, for the same clients.</summary>
    [JsonPropertyName("id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    /// <summary>A container's image, for the same clients.</summary>
    [JsonPropertyName("from"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? From { get; init; }

    public string Type { get; init; } = "";

    public string Action { get; init; } = "";

    public EventActor? Actor { get; init; }

    [JsonPropertyName("scope")]
    public string Scope { get; init; } = "local";

    /// <summary>Seconds since 1970.</summary>
    [JsonPropertyName("time")]
    public long Time { get; init; }

    [JsonPropertyName("timeNano")]
    public long TimeNano { get; init; }
}
