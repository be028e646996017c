using System.Text.Json.Serialization;

namespace Boreal.Api.Containers;

/// <summary>One entry of <c>GET /containers/json</c>.</summary>
public sealed record ContainerSummary
{
    public string Id { get; set; } = "";

    /// <summary>With leading slashes.</summary>
    public IReadOnlyList<string> Names { get; set; } = [];

    public string Image { get; set; } = "";

    public string ImageID { get; set; } = "";

    public string Command { get; set; } = "";

    /// <summary>Unix seconds.</summary>
    public long Created { get; set; }

    public IReadOnlyList<PortSummary> Ports { get; set; } = [];

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? SizeRw { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? SizeRootFs { get; set; }

    public IReadOnlyDictionary<string, string>? Labels { get; set; }

    public string State { get; set; } = "";

    /// <summary>As <c>Up 5 minutes (healthy)</c>.</summary>
    public string Status { get; set; } = "";

    public SummaryHostConfig HostConfig { get; set; } = new();

    public SummaryNetworkSettings NetworkSettings { get; set; } = new();

    public IReadOnlyList<MountPoint> Mounts { get; set; } = [];
}
