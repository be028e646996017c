using System.Net.Http.Headers;
using Boreal.Oci.Distribution.Hosts;
using Boreal.Oci.Distribution.Tokens;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>Tries credentials on a registry: its root must answer, with a token of its token server or the password itself.</summary>
internal sealed class LoginCheck(HttpExchange exchange, EndpointProbe probe, TokenSource tokens)
{
    public async Task<string> RunAsync(RegistryHosts hosts, string domain, RegistryCredentials credentials, CancellationToken cancellationToken)
    {
        var endpoint = (await hosts.ResolveAsync(domain, cancellationToken))[^1];
        probe.Forget(endpoint);
        var state = await probe.LookAsync(endpoint, cancellationToken);
        var root = state.Root.Below("");
        var (authorization, identityToken) = await AuthorizeAsync(endpoint, state, root, credentials, cancellationToken);

        using var patience = new Patience(exchange.Options.AnswerTimeout, exchange.Clock, cancellationToken);
        using var message = new RegistryRequest { Method = HttpMethod.Get, Target = "" }.ToMessage(root, patience);
        message.Headers.Authorization = authorization;
        foreach (var (name, value) in endpoint.Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        using var response = await exchange.SendAsync(message, endpoint.Tls, patience);
        if (response.IsSuccessStatusCode)
            return identityToken;

        var status = (int)response.StatusCode;
        var kind = status is 401 or 403 ? DistributionErrorKind.Unauthorized : DistributionErrorKind.Unavailable;
        throw new DistributionException(kind, $"login attempt to {root.AbsoluteUri} failed with status: {status} {response.ReasonPhrase}") { Status = status };
    }

    private async Task<(AuthenticationHeaderValue? Authorization, string IdentityToken)> AuthorizeAsync(
        RegistryEndpoint endpoint, EndpointState state, Uri root, RegistryCredentials credentials, CancellationToken cancellationToken)
    {
        if (state.Challenges.FirstOrDefault(challenge => challenge.IsBearer) is not { } bearer)
            return (state.Challenges.Any(challenge => challenge.IsBasic) ? TokenSource.Basic(credentials) : null, "");
        try
        {
            var (token, identityToken) = await tokens.LoginAsync(endpoint, state.Root, TokenRequest.For(bearer, [], credentials), cancellationToken);
            return (new AuthenticationHeaderValue("Bearer", token), identityToken);
        }
        catch (DistributionException exception) when (!exception.IsUnreachable)
        {
            throw new DistributionException(exception.Kind, $"Get \"{root.AbsoluteUri}\": {exception.Message}", exception) { Code = exception.Code, Status = exception.Status };
        }
    }
}
