using Boreal.Build.Dockerfile;
using Boreal.Build.Graph;

namespace Boreal.Build.Building;

/// <summary>A Dockerfile and the plans of its target.</summary>
/// <param name="File">The Dockerfile.</param>
/// <param name="Targets">One for each platform.</param>
/// <param name="IsMultiPlatform">The result is to tell platforms apart, also if there is one only.</param>
internal sealed record PlannedDockerfile(DockerfileText File, IReadOnlyList<PlannedTarget> Targets, bool IsMultiPlatform)
{
    /// <summary>Of the first platform.</summary>
    public BuildPlan Plan => Targets[0].Plan;
}
