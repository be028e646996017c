using Boreal.Oci.Content;

namespace Boreal.Build.Packaging;

/// <summary>An image that was written down.</summary>
/// <param name="Manifest">Of the one image, or of the index of several.</param>
/// <param name="Document">The manifest's or index' bytes.</param>
/// <param name="Images">Each image with its platform; empty where nobody asked for one of several.</param>
internal sealed record Package(Descriptor Manifest, ReadOnlyMemory<byte> Document, IReadOnlyList<PackagedImage> Images);
