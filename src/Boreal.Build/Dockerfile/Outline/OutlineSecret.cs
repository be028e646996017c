using Boreal.Build.Dockerfile.Source;

namespace Boreal.Build.Dockerfile.Outline;

/// <summary>A secret, or an agent, that the target asks for.</summary>
public sealed record OutlineSecret(string Name, bool IsRequired, LineRange Lines);
