using Boreal.Oci.Content;
using Boreal.Oci.Images;

namespace Boreal.Build.Dockerfile;

/// <summary>An image found.</summary>
/// <param name="Reference">The reference that it was found by.</param>
/// <param name="Digest">Of its manifest or index; null for one that has none, such as an image built here.</param>
/// <param name="Config">Its configuration.</param>
public sealed record ResolvedImage(string Reference, Digest? Digest, ImageConfig Config);
