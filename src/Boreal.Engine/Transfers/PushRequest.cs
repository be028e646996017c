using Boreal.Oci.Distribution;
using Boreal.Oci.References;

namespace Boreal.Engine.Transfers;

/// <summary>What to push: a tag or, without one, every tag of a repository.</summary>
public sealed record PushRequest(ImageReference Reference, RegistryCredentials? Credentials);
