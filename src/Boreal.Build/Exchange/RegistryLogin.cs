using Boreal.Build.Builds;
using Boreal.Oci.Distribution;
using Boreal.Oci.References;

namespace Boreal.Build.Exchange;

/// <summary>A client's accounts for registries.</summary>
internal static class RegistryLogin
{
    // As the stock client's authenticator knows Docker Hub.
    private const string HubHost = "registry-1.docker.io";

    /// <summary>Null when the client has none.</summary>
    public static async Task<RegistryCredentials?> AskAsync(IBuildClient client, ImageReference reference, CancellationToken cancellationToken)
    {
        var host = reference.Domain == ImageReference.DefaultDomain ? HubHost : reference.Domain;
        var known = await client.GetCredentialsAsync(host, cancellationToken);
        return known is null ? null
            : known.UserName.Length > 0 ? new RegistryCredentials { Username = known.UserName, Password = known.Secret }
            : new RegistryCredentials { IdentityToken = known.Secret };
    }
}
