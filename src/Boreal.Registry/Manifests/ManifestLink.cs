using Boreal.Oci.Content;

namespace Boreal.Registry.Manifests;

/// <summary>Content a manifest names. What <c>MayBeElsewhere</c> is a layer that is not distributed: it lies where its <c>urls</c> say.</summary>
internal readonly record struct ManifestLink(string MediaType, Digest Digest, long Size, bool MayBeElsewhere);
