using Boreal.Oci.References;

namespace Boreal.Engine.Images;

/// <summary>An image to save and the names it is saved under.</summary>
public sealed record SavedImage(Image Image, IReadOnlyList<ImageReference> References);
