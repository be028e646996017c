namespace Boreal.Api.Apps;

/// <summary>Answer of <c>GET /boreal/v1/apps/{app}/services/{service}/why</c>: why the service is as it is, in sentences.</summary>
public sealed record WhyReport
{
    public string App { get; set; } = "";

    public string Service { get; set; } = "";

    /// <summary>One line for the service.</summary>
    public string Summary { get; set; } = "";

    /// <summary>What each slot and each waiting condition says.</summary>
    public IReadOnlyList<string> Reasons { get; set; } = [];

    /// <summary>The last decisions, newest first.</summary>
    public IReadOnlyList<AppDecision> Decisions { get; set; } = [];
}
