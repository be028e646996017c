using System.Net.Http.Headers;
using Boreal.Oci.Distribution.Hosts;
using Boreal.Oci.Distribution.Tokens;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>Answers an endpoint's challenges on behalf of one caller.</summary>
internal sealed class Authorizer(RegistryEndpoint endpoint, RegistryCredentials? credentials, TokenSource tokens)
{
    private TokenRequest? _last;

    /// <summary>The header to send; null when nothing is asked, or nothing we have is an answer.</summary>
    public async ValueTask<AuthenticationHeaderValue?> AuthorizeAsync(Uri root, IReadOnlyList<Challenge> challenges, IEnumerable<string> scopes, CancellationToken cancellationToken)
    {
        if (credentials?.RegistryToken is { Length: > 0 } given)
            return new AuthenticationHeaderValue("Bearer", given);
        if (challenges.FirstOrDefault(challenge => challenge.IsBearer) is { } bearer)
        {
            var request = TokenRequest.For(bearer, scopes, credentials);
            _last = request;
            return new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(endpoint, root, request, cancellationToken));
        }
        if (!challenges.Any(challenge => challenge.IsBasic))
            return null;
        return credentials is { Username.Length: > 0 }
            ? TokenSource.Basic(credentials)
            : throw new DistributionException(DistributionErrorKind.Unauthorized, "no basic auth credentials");
    }

    /// <summary>The registry did not take it.</summary>
    public void DropToken()
    {
        if (_last is { } request)
            tokens.Drop(request);
    }
}
