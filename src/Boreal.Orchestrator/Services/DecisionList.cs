using Boreal.Api.Apps;

namespace Boreal.Orchestrator.Services;

/// <summary>The last decisions about a service, oldest first.</summary>
public sealed record DecisionList
{
    private const int Kept = 50;

    public IReadOnlyList<AppDecision> Decisions { get; init; } = [];

    public DecisionList Add(IEnumerable<AppDecision> further) => new() { Decisions = [.. Decisions.Concat(further).TakeLast(Kept)] };
}
