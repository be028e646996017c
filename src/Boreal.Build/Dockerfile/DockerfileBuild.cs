using Boreal.Build.Dockerfile.Lint;
using Boreal.Build.Graph;

namespace Boreal.Build.Dockerfile;

/// <summary>A Dockerfile understood.</summary>
public sealed record DockerfileBuild(BuildPlan Plan, IReadOnlyList<LintWarning> Warnings);
