using Boreal.Build.Solving;
using Boreal.Oci.Content;

namespace Boreal.Build.Exchange;

/// <summary>A step of a build that caches may be told of.</summary>
internal sealed record ExportedStep
{
    /// <summary>What it is found by.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    public required SolvedLayer Layer { get; init; }

    /// <summary>The layers it was made on.</summary>
    public required IReadOnlyList<Digest> Below { get; init; }

    /// <summary>Where its layer lies when it is not here.</summary>
    public ImportedStep? Imported { get; init; }
}
