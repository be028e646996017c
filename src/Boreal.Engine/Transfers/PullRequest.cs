using Boreal.Oci.Distribution;
using Boreal.Oci.Images;
using Boreal.Oci.References;

namespace Boreal.Engine.Transfers;

/// <summary>What to pull: a tag, a digest or, with neither, every tag of a repository.</summary>
public sealed record PullRequest
{
    public required ImageReference Reference { get; init; }

    /// <summary>Null takes this machine's.</summary>
    public Platform? Platform { get; init; }

    public RegistryCredentials? Credentials { get; init; }
}
