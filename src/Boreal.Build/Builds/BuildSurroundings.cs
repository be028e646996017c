using Boreal.Build.Progress;

namespace Boreal.Build.Builds;

/// <summary>Whom a build asks and whom it tells.</summary>
internal sealed record BuildSurroundings(IBuildClient Client, BuildProgress Progress)
{
    /// <summary>What the build holds until its client has what it wanted.</summary>
    public BuildHoldings Holdings { get; } = new();
}
