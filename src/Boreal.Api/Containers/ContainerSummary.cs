using System.Text.Json.Serialization;

namespace Boreal.Api.Containers;

/// <summary>One entry of <c>GET /containers/json</c>.</summary>
public sealed record ContainerSummary
{
    public string Id { get; init; } = "";

    /// <summary>With leading slashes.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    public string Image { get; init; } = "";

    public string ImageID { get; init; } = "";

    public string Command { get; init; } = "";

    /// <summary>Unix seconds.</summary>
    public long Created { get; init; }

    public IReadOnlyList<PortSummary> Ports { get; init; } = [];

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? SizeRw { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? SizeRootFs { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public string State { get; init; } = "";

    /// <summary>As <c>Up 5 minutes (healthy)</c>.</summary>
    public string Status { get; init; } = "";

    public SummaryHostConfig HostConfig { get; init; } = new();

    public SummaryNetworkSettings NetworkSettings { get; init; } = new();

    public IReadOnlyList<MountPoint> Mounts { get; init; } = [];
}
