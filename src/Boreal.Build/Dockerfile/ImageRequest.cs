using Boreal.Build.Graph;

namespace Boreal.Build.Dockerfile;

/// <summary>An image whose configuration a plan needs.</summary>
/// <param name="Reference">The full reference with tag or digest.</param>
/// <param name="Platform">Which of the image's platforms.</param>
/// <param name="ResolveMode">Where to look.</param>
/// <param name="Store">The client's name of an OCI layout to look in; null for the engine and registries.</param>
/// <param name="Display">What progress says meanwhile.</param>
public sealed record ImageRequest(string Reference, BuildPlatform Platform, ImageResolveMode ResolveMode, string? Store, string Display);
