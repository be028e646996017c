using Boreal.Build.Dockerfile.Source;

namespace Boreal.Build.Dockerfile.Outline;

/// <summary>A stage that can be built: one line of the answer to <c>--call targets</c>.</summary>
public sealed record BuildTarget
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>What is built when nothing is asked for.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>As written.</summary>
    public required string Base { get; init; }

    /// <summary>As written; empty when not given.</summary>
    public required string Platform { get; init; }

    public required LineRange Lines { get; init; }
}
