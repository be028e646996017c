namespace Boreal.Api.Apps;

/// <summary>One entry of <c>GET /boreal/v1/apps</c>.</summary>
public sealed record AppSummary
{
    public string Name { get; set; } = "";

    public int Services { get; set; }

    /// <summary>Tasks of all services together.</summary>
    public ServiceCounts Counts { get; set; } = new();

    public bool Converged { get; set; }

    /// <summary>From the containers' labels.</summary>
    public string WorkingDir { get; set; } = "";

    /// <summary>From the containers' labels.</summary>
    public string ConfigFiles { get; set; } = "";
}
