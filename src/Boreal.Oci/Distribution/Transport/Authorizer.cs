using System.Net.Http.Headers;
using Boreal.Oci.Distribution.Hosts;
using Boreal.Oci.Distribution.Tokens;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>Answers an endpoint's challenges on behalf of one caller.</summary>
internal sealed class Authorizer(RegistryEndpoint endpoint, RegistryCredentials? credentials, TokenSource tokens)
{
    /// <exception cref="DistributionException">Nothing we have is an answer.</exception>
    public async ValueTask<Authorization> AuthorizeAsync(Uri root, IReadOnlyList<Challenge> challenges, IEnumerable<string> scopes, CancellationToken cancellationToken)
    {
        if (credentials?.RegistryToken is { Length: > 0 } given)
            return new Authorization(new AuthenticationHeaderValue("Bearer", given), null);
        if (challenges.FirstOrDefault(challenge => challenge.IsBearer) is { } bearer)
        {
            var request = TokenRequest.For(bearer, scopes, credentials);
            return new Authorization(new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(endpoint, root, request, cancellationToken)), request);
        }
        if (!challenges.Any(challenge => challenge.IsBasic))
            return default;
        return credentials is { Username.Length: > 0 }
            ? new Authorization(TokenSource.Basic(credentials), null)
            : throw new DistributionException(DistributionErrorKind.Unauthorized, "no basic auth credentials");
    }

    /// <summary>The registry did not take it.</summary>
    public void Drop(Authorization refused)
    {
        if (refused.Token is { } request)
            tokens.Drop(request);
    }
}
