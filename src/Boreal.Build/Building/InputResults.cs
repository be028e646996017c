using Boreal.Build.Builds;
using Boreal.Build.Dockerfile;
using Boreal.Build.Exporting;
using Boreal.Build.Graph;
using Boreal.Build.Solving;

namespace Boreal.Build.Building;

/// <summary>Results of other builds as named contexts of one.</summary>
internal sealed class InputResults
{
    private readonly Dictionary<string, PlannedInput> _planned = [];
    private readonly Dictionary<string, SolvedTree.Layered> _trees = [];

    /// <param name="inputs">By the names that attributes refer to them with.</param>
    /// <param name="exporter">Knows their images' configurations.</param>
    public InputResults(IReadOnlyDictionary<string, BuildTree> inputs, ImageExporter exporter)
    {
        foreach (var (name, input) in inputs)
        {
            // Questions are answered without a tree.
            if (input is not PlannedTree { Tree: var tree, Plan: var plan })
                continue;
            var operation = tree.Layers.Count == 0 ? null : new ResultOperation { Key = tree.Key, Provenance = new Provenance($"[context {name}] result of another build") };
            _planned[name] = new PlannedInput(operation, exporter.ConfigOf(plan, tree));
            _trees[tree.Key] = tree;
        }
    }

    /// <summary>Keeps them while a build may look at them; their own may end before.</summary>
    public void Hold(SolveScope scope)
    {
        foreach (var tree in _trees.Values)
            scope.Hold(tree.Digests);
    }

    /// <summary>For the frontend.</summary>
    public IReadOnlyDictionary<string, PlannedInput> Planned => _planned;

    /// <summary>For the solver.</summary>
    public SolvedTree.Layered Of(ResultOperation operation) => _trees[operation.Key];
}
