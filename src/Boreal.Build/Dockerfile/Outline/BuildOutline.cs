namespace Boreal.Build.Dockerfile.Outline;

/// <summary>What a target may be given: the answer to <c>--call outline</c>. In the order of the file.</summary>
public sealed record BuildOutline
{
    /// <summary>The target's name; empty for the default one without a name.</summary>
    public required string Name { get; init; }

    public required string Description { get; init; }

    public required IReadOnlyList<OutlineArgument> Arguments { get; init; }

    public required IReadOnlyList<OutlineSecret> Secrets { get; init; }

    public required IReadOnlyList<OutlineSecret> Agents { get; init; }
}
