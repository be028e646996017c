using Boreal.Oci.Content;

namespace Boreal.Engine.Transfers;

/// <summary>What a tag means in the registry after a push.</summary>
public sealed record PushedManifest(string Tag, Digest Digest, long Size);
