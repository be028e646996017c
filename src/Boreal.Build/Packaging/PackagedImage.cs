using Boreal.Oci.Content;

namespace Boreal.Build.Packaging;

/// <summary>One image of a package.</summary>
internal sealed record PackagedImage(Descriptor Manifest, Digest Config, IReadOnlyList<Descriptor> Layers);
