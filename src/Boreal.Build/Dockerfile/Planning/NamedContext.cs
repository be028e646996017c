using Boreal.Build.Graph;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>A <c>--build-context</c> that stands in for a stage or an image.</summary>
/// <param name="Specifier">What it is.</param>
/// <param name="Name">The name it was asked for by.</param>
/// <param name="Key">The name it was given under, which may have a platform.</param>
/// <param name="Platform">The platform to take of it.</param>
/// <param name="Paths">What the plan reads of it.</param>
internal sealed record NamedContext(string Specifier, string Name, string Key, BuildPlatform Platform, UsedPaths Paths);
