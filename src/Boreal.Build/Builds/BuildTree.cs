namespace Boreal.Build.Builds;

/// <summary>
/// A file tree that a build made, or will make. The builder derives its own from it. It must stay usable for some seconds after its
/// build: clients hand it to others.
/// </summary>
internal abstract class BuildTree;
