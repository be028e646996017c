namespace Boreal.Api.Apps;

/// <summary>Answer of <c>GET /boreal/v1/apps/{app}/services/{service}/history</c>, newest first.</summary>
public sealed record ServiceHistory
{
    public IReadOnlyList<RevisionSummary> Revisions { get; set; } = [];

    public IReadOnlyList<AppDecision> Decisions { get; set; } = [];
}
