using Boreal.Build.Graph;

namespace Boreal.Build.Building;

/// <summary>The plan for one of the platforms that are built for.</summary>
internal sealed record PlannedTarget(BuildPlatform Platform, BuildPlan Plan);
