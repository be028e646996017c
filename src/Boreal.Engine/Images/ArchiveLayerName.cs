using Boreal.Oci.Content;

namespace Boreal.Engine.Images;

/// <summary>Where a layer lies in the archive and, when the archive says so, the digest of the file there.</summary>
internal sealed record ArchiveLayerName(string Path, Digest? Digest);
