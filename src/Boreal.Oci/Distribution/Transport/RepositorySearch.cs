using System.Net;
using System.Text.Json;
using Boreal.Oci.Distribution.Hosts;
using Boreal.Oci.Distribution.Tokens;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>The search of Docker Hub's first API, which a few other registries have too.</summary>
internal sealed class RepositorySearch(HttpExchange exchange, EndpointProbe probe, RegistryHosts hosts)
{
    private const int LongestAnswer = 4 * 1024 * 1024;
    private static readonly Uri DockerHub = new("https://index.docker.io/v1/search");

    /// <summary>Null when the registry has no search.</summary>
    public async Task<IReadOnlyList<SearchResult>?> RunAsync(string domain, string term, int limit, RegistryCredentials? credentials, CancellationToken cancellationToken)
    {
        var endpoint = (await hosts.ResolveAsync(domain, cancellationToken))[^1];
        var address = domain == RegistryHosts.DockerHub ? DockerHub : new Uri((await probe.LookAsync(endpoint, cancellationToken)).Root, "/v1/search");
        using var message = new HttpRequestMessage(HttpMethod.Get, address.WithParameter("q", term).WithParameter("n", $"{limit}"));
        if (credentials is { Username.Length: > 0, Password.Length: > 0 })
            message.Headers.Authorization = TokenSource.Basic(credentials);

        var response = await exchange.SendAsync(message, endpoint.Tls, cancellationToken);
        if (domain != RegistryHosts.DockerHub && response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.Unauthorized)
        {
            response.Dispose();
            return null;
        }
        if (!response.IsSuccessStatusCode)
        {
            var failure = await ErrorAnswer.ReadAsync(response, exchange.Clock, cancellationToken);
            throw new DistributionException(failure.Kind, $"Unexpected status code {failure.Status}", failure) { Status = failure.Status, RateLimit = failure.RateLimit, RetryAfter = failure.RetryAfter };
        }
        using (response)
        {
            var body = await BoundedBody.ReadAsync(response, LongestAnswer, exchange.Clock, cancellationToken);
            try
            {
                return JsonSerializer.Deserialize(body, DistributionJson.Default.SearchAnswer)?.Results ?? [];
            }
            catch (JsonException exception)
            {
                throw new DistributionException(DistributionErrorKind.Invalid, $"error decoding registry search results: {exception.Message}", exception);
            }
        }
    }
}
