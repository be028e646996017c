using Boreal.Oci.Content;
using Boreal.Oci.Images;

namespace Boreal.Build.Sources;

/// <summary>An image in a client's layout: its configuration and its layers, bottom first, each with the digest of its tar.</summary>
internal sealed record LayoutImage(ImageConfig Config, IReadOnlyList<(Descriptor Blob, Digest DiffId)> Layers);
