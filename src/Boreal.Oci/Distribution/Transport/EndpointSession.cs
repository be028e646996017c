using System.Net;
using System.Net.Http.Headers;
using Boreal.Oci.Distribution.Hosts;
using Boreal.Oci.Distribution.Tokens;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>
/// One endpoint as one caller uses it. Sending is (1) look which scheme and greeting the endpoint wants, (2) authorize,
/// (3) send and follow redirects, (4) authorize anew once when refused, (5) try again what fails for the moment.
/// </summary>
internal sealed class EndpointSession(RegistryEndpoint endpoint, RegistryCredentials? credentials, SessionServices services)
{
    private const int MostRedirects = 10;

    private readonly Authorizer _authorizer = new(endpoint, credentials, services.Tokens);

    public RegistryEndpoint Endpoint => endpoint;

    public TimeProvider Clock => services.Exchange.Clock;

    public RegistryClientOptions Options => services.Exchange.Options;

    /// <summary>Where the endpoint is, with the scheme that works.</summary>
    public async ValueTask<Uri> RootAsync(CancellationToken cancellationToken) => (await services.Probe.LookAsync(endpoint, cancellationToken)).Root;

    /// <summary>The answer's head, whatever its status, but none that asks for a redirect or for credentials we have.</summary>
    public async Task<HttpResponseMessage> SendAsync(RegistryRequest request, CancellationToken cancellationToken)
    {
        var state = await services.Probe.LookAsync(endpoint, cancellationToken);
        // Behind a mirror stands the next endpoint: asking that one is better than waiting.
        var isRepeatable = request.IsRepeatable && !endpoint.IsMirror;
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? delay;
            try
            {
                var response = await SendAuthorizedAsync(request, state, cancellationToken);
                delay = isRepeatable ? services.Retries.DelayAfter(response, attempt) : null;
                if (delay is null)
                    return response;
                response.Dispose();
            }
            catch (DistributionException exception) when (isRepeatable && exception.IsUnreachable && services.Retries.DelayAfterFailure(attempt) is not null)
            {
                services.Probe.Forget(endpoint);
                delay = services.Retries.DelayAfterFailure(attempt);
            }
            await Task.Delay(delay ?? TimeSpan.Zero, Clock, cancellationToken);
        }
    }

    /// <summary>As <see cref="SendAsync"/>, with every refusal as an exception.</summary>
    public async Task<HttpResponseMessage> SendSuccessfullyAsync(RegistryRequest request, CancellationToken cancellationToken)
    {
        var response = await SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode ? response : throw await ErrorAnswer.ReadAsync(response, Clock, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAuthorizedAsync(RegistryRequest request, EndpointState state, CancellationToken cancellationToken)
    {
        var scopes = request.Scopes.Select(scope => scope.Text).ToList();
        var authorization = await AuthorizeAsync(request, state.Root, state.Challenges, scopes, cancellationToken);
        var response = await FollowAsync(request, state.Root, authorization.Header, cancellationToken);

        var isOurs = response.RequestMessage?.RequestUri is { } answered && Addresses.HaveSameOrigin(answered, state.Root);
        if (response.StatusCode != HttpStatusCode.Unauthorized || !isOurs || Challenge.Of(response) is not { Count: > 0 } challenges)
            return response;

        // The token may have ended, or another right is wanted than we thought.
        _authorizer.Drop(authorization);
        scopes.AddRange(challenges.Where(challenge => challenge.IsBearer).SelectMany(challenge => challenge["scope"].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        var second = await AuthorizeAsync(request, state.Root, challenges, scopes, cancellationToken);
        if (second.Header is null || second.Header.Equals(authorization.Header))
            return response;
        response.Dispose();
        return await FollowAsync(request, state.Root, second.Header, cancellationToken);
    }

    private async ValueTask<Authorization> AuthorizeAsync(
        RegistryRequest request, Uri root, IReadOnlyList<Challenge> challenges, IEnumerable<string> scopes, CancellationToken cancellationToken)
    {
        try
        {
            return await _authorizer.AuthorizeAsync(root, challenges, scopes, cancellationToken);
        }
        catch (DistributionException exception) when (!exception.IsUnreachable)
        {
            var verb = request.ShownVerb ?? ConnectFailure.Verb(request.Method);
            throw new DistributionException(exception.Kind, $"{verb} \"{Addresses.Resolve(root, request.Target).AbsoluteUri}\": {exception.Message}", exception)
            {
                Code = exception.Code,
                Status = exception.Status == 0 ? (int)HttpStatusCode.Unauthorized : exception.Status,
                RetryAfter = exception.RetryAfter,
                RateLimit = exception.RateLimit,
            };
        }
    }

    private async Task<HttpResponseMessage> FollowAsync(RegistryRequest request, Uri root, AuthenticationHeaderValue? authorization, CancellationToken cancellationToken)
    {
        var target = Addresses.Resolve(root, request.Target);
        if (endpoint.Namespace is { } registry)
            target = target.WithParameter("ns", registry);
        for (var hop = 0; ; hop++)
        {
            var response = await SendOnceAsync(request, target, root, authorization, cancellationToken);
            services.Warnings.Collect(response);
            if (!IsRedirect(request, response.StatusCode) || LocationOf(response) is not { } location)
                return response;
            response.Dispose();
            if (hop == MostRedirects)
                throw new DistributionException(DistributionErrorKind.Invalid, $"{ConnectFailure.Verb(request.Method)} \"{target.AbsoluteUri}\": stopped after {MostRedirects} redirects");
            if (target.Scheme == Uri.UriSchemeHttps && location.Scheme == Uri.UriSchemeHttp && !endpoint.AllowsPlainHttp)
                throw new DistributionException(DistributionErrorKind.Denied, $"{target.Host} redirects to unencrypted http://{location.Authority}, which is refused");
            target = location;
        }
    }

    // Credentials, the administrator's headers and client certificates are for the registry's own address alone.
    private async Task<HttpResponseMessage> SendOnceAsync(RegistryRequest request, Uri target, Uri root, AuthenticationHeaderValue? authorization, CancellationToken cancellationToken)
    {
        using var patience = new Patience(request.AnswerTimeout ?? Options.AnswerTimeout, Clock, cancellationToken);
        var message = request.ToMessage(target, patience);
        var isOurs = Addresses.HaveSameOrigin(target, root);
        if (isOurs)
        {
            message.Headers.Authorization = authorization;
            foreach (var (name, value) in endpoint.Headers)
                message.Headers.TryAddWithoutValidation(name, value);
        }
        return await services.Exchange.SendAsync(message, isOurs ? endpoint.Tls : endpoint.Tls.Anonymous, patience);
    }

    private static bool IsRedirect(RegistryRequest request, HttpStatusCode status) => status switch
    {
        HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect => true,
        HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther => request.Method == HttpMethod.Get || request.Method == HttpMethod.Head,
        _ => false,
    };

    private static Uri? LocationOf(HttpResponseMessage response) =>
        response.RequestMessage?.RequestUri is { } from && response.Headers.NonValidated.TryGetValues("Location", out var values)
            ? Addresses.Redirect(from, values.ToString())
            : null;
}
