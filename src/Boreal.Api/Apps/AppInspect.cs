namespace Boreal.Api.Apps;

/// <summary>Answer of <c>GET /boreal/v1/apps/{app}</c>.</summary>
public sealed record AppInspect
{
    public string Name { get; set; } = "";

    /// <summary>By name.</summary>
    public IReadOnlyList<ServiceInspect> Services { get; set; } = [];
}
