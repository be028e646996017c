using Boreal.Build.Dockerfile;
using Boreal.Build.Graph;

namespace Boreal.Build.Building;

/// <summary>A Dockerfile and the plan of its target.</summary>
internal sealed record PlannedDockerfile(DockerfileText File, BuildPlan Plan);
