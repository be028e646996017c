using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Boreal.Oci.Distribution.Hosts;
using Boreal.Oci.Distribution.Transport;

namespace Boreal.Oci.Distribution.Tokens;

/// <summary>
/// Gets bearer tokens: by GET with basic authentication as Docker, by POST (OAuth 2) with an identity token or when the server
/// does not take the GET.
/// </summary>
internal sealed class TokenSource(HttpExchange exchange)
{
    private const int LongestAnswer = 1024 * 1024;
    private const int MostRedirects = 5;
    private const string ClientId = "docker";

    private readonly TokenCache _cache = new(exchange.Clock);

    public async ValueTask<string> GetAsync(RegistryEndpoint endpoint, Uri root, TokenRequest request, CancellationToken cancellationToken)
    {
        if (_cache.Find(request) is { } known)
            return known;
        var answer = await FetchAsync(endpoint, root, request, offline: false, cancellationToken);
        var token = TokenOf(answer);
        _cache.Keep(request, answer, token);
        return token;
    }

    public void Drop(TokenRequest request) => _cache.Drop(request);

    /// <summary>A token for a login, with an identity token to log in with later where the server gives one.</summary>
    public async Task<(string Token, string IdentityToken)> LoginAsync(RegistryEndpoint endpoint, Uri root, TokenRequest request, CancellationToken cancellationToken)
    {
        var answer = await FetchAsync(endpoint, root, request, offline: true, cancellationToken);
        return (TokenOf(answer), answer.RefreshToken ?? "");
    }

    private async Task<TokenAnswer> FetchAsync(RegistryEndpoint endpoint, Uri root, TokenRequest request, bool offline, CancellationToken cancellationToken)
    {
        var realm = Realm(root, request);
        var tls = Addresses.HaveSameOrigin(realm, root) ? endpoint.Tls : endpoint.Tls.Anonymous;
        if (request.Credentials.IdentityToken.Length > 0)
            return await ReadAsync(await exchange.SendAsync(Post(realm, request, offline), tls, cancellationToken), cancellationToken);

        var response = await FollowAsync(endpoint, root, Get(realm, request, offline), cancellationToken);
        if (response.StatusCode is HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotFound && request.Credentials.Username.Length > 0)
        {
            response.Dispose();
            response = await exchange.SendAsync(Post(realm, request, offline), tls, cancellationToken);
        }
        return await ReadAsync(response, cancellationToken);
    }

    // Credentials go along within the token server only.
    private async Task<HttpResponseMessage> FollowAsync(RegistryEndpoint endpoint, Uri root, HttpRequestMessage message, CancellationToken cancellationToken)
    {
        for (var hop = 0; ; hop++)
        {
            var from = message.RequestUri ?? root;
            var response = await exchange.SendAsync(message, Addresses.HaveSameOrigin(from, root) ? endpoint.Tls : endpoint.Tls.Anonymous, cancellationToken);
            if (hop == MostRedirects || response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
                || Addresses.Redirect(from, response.Headers.Location?.OriginalString) is not { } next || (from.Scheme == Uri.UriSchemeHttps && next.Scheme == Uri.UriSchemeHttp))
                return response;
            response.Dispose();
            var authorization = Addresses.HaveSameOrigin(from, next) ? message.Headers.Authorization : null;
            message = new HttpRequestMessage(HttpMethod.Get, next) { Headers = { Authorization = authorization } };
        }
    }

    private async Task<TokenAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
            throw await ErrorAnswer.ReadAsync(response, exchange.Clock, cancellationToken);
        using (response)
        {
            var body = await BoundedBody.ReadAsync(response, LongestAnswer, exchange.Clock, cancellationToken);
            try
            {
                return JsonSerializer.Deserialize(body, DistributionJson.Default.TokenAnswer) ?? new TokenAnswer();
            }
            catch (JsonException exception)
            {
                throw new DistributionException(DistributionErrorKind.Invalid, $"unable to decode token response: {exception.Message}", exception);
            }
        }
    }

    private static string TokenOf(TokenAnswer answer) =>
        answer.AccessToken is { Length: > 0 } access ? access
        : answer.Token is { Length: > 0 } token ? token
        : throw new DistributionException(DistributionErrorKind.Unauthorized, "authorization server did not include a token in the response");

    // A registry reached by TLS must not have us send a password in the clear.
    private static Uri Realm(Uri root, TokenRequest request)
    {
        if (!Uri.TryCreate(request.Realm, UriKind.Absolute, out var realm) || (realm.Scheme != Uri.UriSchemeHttps && realm.Scheme != Uri.UriSchemeHttp))
            throw new DistributionException(DistributionErrorKind.Invalid, $"the registry names no usable token server (realm \"{request.Realm}\")");
        if (realm.Scheme == Uri.UriSchemeHttp && root.Scheme == Uri.UriSchemeHttps && !request.Credentials.IsEmpty)
            throw new DistributionException(DistributionErrorKind.Denied, $"the registry asks to send credentials unencrypted to {realm.GetLeftPart(UriPartial.Path)}, which is refused");
        return realm;
    }

    private static HttpRequestMessage Get(Uri realm, TokenRequest request, bool offline)
    {
        var address = realm;
        if (request.Credentials.Username.Length > 0)
            address = address.WithParameter("account", request.Credentials.Username);
        if (offline)
            address = address.WithParameter("client_id", ClientId).WithParameter("offline_token", "true");
        foreach (var scope in request.ScopeList)
            address = address.WithParameter("scope", scope);
        if (request.Service.Length > 0)
            address = address.WithParameter("service", request.Service);

        var message = new HttpRequestMessage(HttpMethod.Get, address);
        if (request.Credentials.Username.Length > 0)
            message.Headers.Authorization = Basic(request.Credentials);
        return message;
    }

    private static HttpRequestMessage Post(Uri realm, TokenRequest request, bool offline)
    {
        var fields = new List<KeyValuePair<string, string>> { new("service", request.Service), new("client_id", ClientId) };
        if (request.Scopes.Length > 0)
            fields.Add(new("scope", request.Scopes));
        if (request.Credentials.IdentityToken.Length > 0)
            fields.AddRange([new("grant_type", "refresh_token"), new("refresh_token", request.Credentials.IdentityToken)]);
        else
            fields.AddRange([new("grant_type", "password"), new("username", request.Credentials.Username), new("password", request.Credentials.Password)]);
        if (offline)
            fields.Add(new("access_type", "offline"));
        return new HttpRequestMessage(HttpMethod.Post, realm) { Content = new FormUrlEncodedContent(fields) };
    }

    public static AuthenticationHeaderValue Basic(RegistryCredentials credentials) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.Username}:{credentials.Password}")));
}
