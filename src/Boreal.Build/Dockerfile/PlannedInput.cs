using Boreal.Build.Graph;
using Boreal.Oci.Images;

namespace Boreal.Build.Dockerfile;

/// <summary>The result of another build as a named context (<c>input:name</c>).</summary>
public sealed record PlannedInput(Operation? Result, ImageConfig? Config);
