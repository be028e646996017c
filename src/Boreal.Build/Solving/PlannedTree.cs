using Boreal.Build.Builds;
using Boreal.Build.Exchange;
using Boreal.Build.Graph;

namespace Boreal.Build.Solving;

/// <summary>A plan and what it came to. Its layers stay for as long as their steps are remembered.</summary>
internal sealed class PlannedTree(BuildPlan plan, SolvedTree.Layered tree) : BuildTree
{
    public BuildPlan Plan { get; } = plan;

    public SolvedTree.Layered Tree { get; } = tree;

    /// <summary>What it is built for; null when nobody asked for one of several.</summary>
    public BuildPlatform? Platform { get; init; }

    /// <summary>The steps that made it, for caches elsewhere.</summary>
    public IReadOnlyCollection<ExportedStep> Steps { get; init; } = [];

    /// <summary>Where layers of steps lie that are not here.</summary>
    public ImportedCache? Imported { get; init; }
}
