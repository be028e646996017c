using Boreal.Build.Dockerfile;
using Boreal.Build.Graph;

namespace Boreal.Build.Building;

/// <summary>What tells a build what to do.</summary>
/// <param name="File">The Dockerfile.</param>
/// <param name="Ignored">What the ignore file leaves out.</param>
/// <param name="MainContext">The files of COPY; null for the client's folder.</param>
internal sealed record BuildDefinition(DockerfileText File, IReadOnlyList<string> Ignored, Operation? MainContext);
