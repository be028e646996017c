using Boreal.Oci.Images;

namespace Boreal.Build.Graph;

/// <summary>What has to be done for one image, and the image's configuration. Knows nothing of the text it was made from.</summary>
public sealed class BuildPlan
{
    private BuildPlan(Operation? result, IReadOnlyList<Operation> operations, ImageConfig config)
    {
        Result = result;
        Operations = operations;
        Config = config;
    }

    /// <summary>Makes the image's file tree; none for an empty image.</summary>
    public Operation? Result { get; }

    /// <summary>Everything the result needs, inputs first, each once.</summary>
    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>
    /// Complete but for the layers that the build adds, and times. Its history has an entry for every instruction; entries
    /// that are not empty stand for the layers above the base's, in order.
    /// </summary>
    public ImageConfig Config { get; }

    /// <summary>The configuration of the image it is based on.</summary>
    public ImageConfig? BaseConfig { get; init; }

    /// <summary>The time that everything in the image gets (SOURCE_DATE_EPOCH).</summary>
    public DateTimeOffset? Epoch { get; init; }

    internal static BuildPlan Of(Operation? result, ImageConfig config, ImageConfig? baseConfig, DateTimeOffset? epoch) =>
        new(result, InOrder(result), config) { BaseConfig = baseConfig, Epoch = epoch };

    /// <summary>Everything a result needs, inputs first, each once.</summary>
    // Operations know their ids only after their inputs, and a plan may be deep, so it is walked without recursion.
    internal static IReadOnlyList<Operation> InOrder(Operation? result)
    {
        var ordered = new List<Operation>();
        var ids = new HashSet<OperationId>();
        var seen = new HashSet<Operation>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<(Operation Operation, int NextInput)>();
        if (result is not null && seen.Add(result)) pending.Push((result, 0));
        while (pending.TryPop(out var top))
        {
            if (top.NextInput < top.Operation.Inputs.Count)
            {
                pending.Push((top.Operation, top.NextInput + 1));
                var input = top.Operation.Inputs[top.NextInput];
                if (seen.Add(input)) pending.Push((input, 0));
            }
            else if (ids.Add(top.Operation.Id))
            {
                ordered.Add(top.Operation);
            }
        }
        return ordered;
    }
}
