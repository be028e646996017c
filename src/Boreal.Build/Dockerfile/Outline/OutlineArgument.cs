using Boreal.Build.Dockerfile.Source;

namespace Boreal.Build.Dockerfile.Outline;

/// <summary>A build argument that the target uses, with the value it has.</summary>
public sealed record OutlineArgument(string Name, string Value, string Description, LineRange Lines);
