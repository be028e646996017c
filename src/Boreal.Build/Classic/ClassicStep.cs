using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Graph;

namespace Boreal.Build.Classic;

/// <summary>A line of a Dockerfile as classic clients see it done.</summary>
/// <param name="Text">As written.</param>
/// <param name="Operations">What it came to in the plan; empty for one that only changes the configuration.</param>
/// <param name="IsStart">It begins a stage.</param>
internal sealed record ClassicStep(string Text, IReadOnlyList<Operation> Operations, bool IsStart)
{
    /// <summary>The id of the image that a stage starts from; null where that is none of this engine's.</summary>
    public string? Image { get; init; }

    /// <summary>What its stage starts from, as written; null for lines that begin none.</summary>
    public string? Base { get; init; }

    /// <summary>Its stage, by number.</summary>
    public int Stage { get; init; }

    /// <summary>The stage that its stage starts from; null where that is an image.</summary>
    public int? BaseStage { get; init; }

    /// <summary>It begins a stage from nothing.</summary>
    public bool IsEmptyStart => Base is "scratch" && BaseStage is null;

    /// <summary>Where it stands in the file.</summary>
    public LineRange Lines { get; init; }

    /// <summary>It is one that classic builders do without a container.</summary>
    public bool IsCopy => Text.StartsWith("COPY", StringComparison.OrdinalIgnoreCase) || Text.StartsWith("ADD", StringComparison.OrdinalIgnoreCase);
}
