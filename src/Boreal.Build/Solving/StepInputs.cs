using Boreal.Build.Caching;
using Boreal.Build.Graph;
using Boreal.Oci.Content;

namespace Boreal.Build.Solving;

/// <summary>What an operation works with.</summary>
internal sealed class StepInputs(Operation operation, IReadOnlyList<SolvedTree> trees)
{
    /// <summary>The tree that the operation changes.</summary>
    public SolvedTree.Layered Below => LayersOf(operation switch { FileOperation file => file.Base, RunOperation run => run.Root, _ => null });

    /// <summary>What the operation runs; empty when it runs nothing.</summary>
    public string Command => operation is RunOperation run ? string.Join(' ', run.Arguments) : "";

    /// <summary>The layers of all inputs.</summary>
    public IEnumerable<Digest> Digests => DigestsOf(trees);

    /// <summary>The layers whose files tell what the operation is about to use.</summary>
    public IEnumerable<Digest> ReadForContent => operation is FileOperation file ? DigestsOf(file.Actions.OfType<CopyAction>().Select(copy => Of(copy.Source))) : [];

    /// <summary>What an input came to; an empty tree for none.</summary>
    public SolvedTree Of(Operation? input)
    {
        if (input is null)
            return SolvedTree.Layered.Empty;
        for (var i = 0; i < operation.Inputs.Count; i++)
        {
            if (ReferenceEquals(operation.Inputs[i], input))
                return trees[i];
        }

        throw new InvalidOperationException($"{input.Provenance.Name} is no input of {operation.Provenance.Name}");
    }

    /// <summary>As <see cref="Of"/>, for an input that can't be a client's folder.</summary>
    public SolvedTree.Layered LayersOf(Operation? input) =>
        Of(input) as SolvedTree.Layered ?? throw new InvalidOperationException($"{input?.Provenance.Name} is a folder of the client");

    /// <summary>What the step is known by when all inputs are layers; null where only their content tells.</summary>
    public string? DefinitionKey()
    {
        var names = new List<string>();
        foreach (var tree in trees)
        {
            if (tree is not SolvedTree.Layered layered)
                return null;
            names.Add(layered.Key);
        }

        return StepKey.Of(operation, names);
    }

    private static IEnumerable<Digest> DigestsOf(IEnumerable<SolvedTree> trees) => trees.OfType<SolvedTree.Layered>().SelectMany(tree => tree.Digests);
}
