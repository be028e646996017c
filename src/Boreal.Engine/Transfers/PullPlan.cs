using Boreal.Oci.Content;

namespace Boreal.Engine.Transfers;

/// <summary>What a reference turned out to mean for one platform. It names an index or the manifest itself.</summary>
internal sealed record PullPlan(Digest Named, Digest Manifest, byte[] ManifestBytes, byte[] Config, IReadOnlyList<LayerRequest> Layers);
