namespace Boreal.Build.Builds;

/// <summary>A file tree that a build made, or will make. The builder derives its own from it.</summary>
internal abstract class BuildTree;
