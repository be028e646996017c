using System.Collections.Concurrent;
using System.Net;
using Boreal.Oci.Distribution.Hosts;
using Boreal.Oci.Distribution.Tokens;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>Asks an endpoint's root once in a while which scheme it speaks and how it wants to be greeted.</summary>
internal sealed class EndpointProbe(HttpExchange exchange)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan MirrorsRest = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<(Uri, TlsSettings), EndpointState> _states = new();
    private readonly ConcurrentDictionary<(Uri, TlsSettings), (DistributionException Failure, DateTimeOffset SeenAt)> _failures = new();

    public async ValueTask<EndpointState> LookAsync(RegistryEndpoint endpoint, CancellationToken cancellationToken)
    {
        var key = (endpoint.Root, endpoint.Tls);
        if (_states.TryGetValue(key, out var known) && exchange.Clock.GetUtcNow() - known.SeenAt < Freshness)
            return known;
        return _states[key] = endpoint.IsMirror ? await AskMirrorAsync(endpoint, cancellationToken) : await AskEitherAsync(endpoint, cancellationToken);
    }

    public void Forget(RegistryEndpoint endpoint) => _states.TryRemove((endpoint.Root, endpoint.Tls), out _);

    // A mirror that is down is not waited for again with every layer.
    private async Task<EndpointState> AskMirrorAsync(RegistryEndpoint endpoint, CancellationToken cancellationToken)
    {
        var key = (endpoint.Root, endpoint.Tls);
        if (_failures.TryGetValue(key, out var last) && exchange.Clock.GetUtcNow() - last.SeenAt < MirrorsRest)
            throw new DistributionException(last.Failure.Kind, last.Failure.Message, last.Failure);
        try
        {
            return await AskEitherAsync(endpoint, cancellationToken);
        }
        catch (DistributionException exception)
        {
            _failures[key] = (exception, exchange.Clock.GetUtcNow());
            throw;
        }
    }

    private async Task<EndpointState> AskEitherAsync(RegistryEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (!endpoint.AllowsPlainHttp || endpoint.Root.Scheme == Uri.UriSchemeHttp)
            return await AskAsync(endpoint, endpoint.Root, cancellationToken);
        try
        {
            return await AskAsync(endpoint, endpoint.Root, cancellationToken);
        }
        catch (DistributionException exception) when (exception.IsUnreachable)
        {
            return await AskAsync(endpoint, endpoint.Root.WithScheme(Uri.UriSchemeHttp), cancellationToken);
        }
    }

    private async Task<EndpointState> AskAsync(RegistryEndpoint endpoint, Uri root, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest { Method = HttpMethod.Get, Target = "" };
        using var patience = new Patience(exchange.Options.AnswerTimeout, exchange.Clock, cancellationToken);
        using var message = request.ToMessage(root.Below(""), patience);
        foreach (var (name, value) in endpoint.Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        using var response = await exchange.SendAsync(message, endpoint.Tls, patience);
        IReadOnlyList<Challenge> challenges = response.StatusCode == HttpStatusCode.Unauthorized ? Challenge.Of(response) : [];
        return new EndpointState(root, challenges, exchange.Clock.GetUtcNow());
    }
}
