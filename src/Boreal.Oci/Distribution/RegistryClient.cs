using System.Runtime.CompilerServices;
using Boreal.Oci.Distribution.Hosts;
using Boreal.Oci.Distribution.Tokens;
using Boreal.Oci.Distribution.Transport;
using Boreal.Oci.References;

namespace Boreal.Oci.Distribution;

/// <summary>Talks to registries. One per program: it keeps connections, tokens and what it learned about hosts.</summary>
public sealed class RegistryClient : IDisposable
{
    private const int LargestReport = 16 * 1024 * 1024;
    private static readonly TimeSpan CollectionTimeout = TimeSpan.FromHours(1);

    private readonly RegistryHosts _hosts;
    private readonly TransportPool _pool;
    private readonly HttpExchange _exchange;
    private readonly EndpointProbe _probe;
    private readonly TokenSource _tokens;
    private readonly RetryRules _retries;

    public RegistryClient(RegistryHosts hosts, RegistryClientOptions options, TimeProvider clock)
    {
        _hosts = hosts;
        _pool = new TransportPool(options, clock);
        _exchange = new HttpExchange(_pool, options, clock);
        _probe = new EndpointProbe(_exchange);
        _tokens = new TokenSource(_exchange);
        _retries = new RetryRules(options, clock);
    }

    /// <summary>A repository as one caller sees it; nothing is asked of the registry yet.</summary>
    public Repository Open(ImageReference reference, RegistryCredentials? credentials = null)
    {
        var warnings = new WarningList();
        return new Repository(reference, new EndpointChain(_hosts, reference.Domain, credentials, Services(warnings)), warnings, _retries);
    }

    /// <summary>Whether the registry takes the credentials; an identity token to use instead of the password, or "" where there is none.</summary>
    /// <exception cref="DistributionException">It does not.</exception>
    public Task<string> CheckLoginAsync(string domain, RegistryCredentials credentials, CancellationToken cancellationToken) =>
        new LoginCheck(_exchange, _probe, _tokens).RunAsync(_hosts, domain, credentials, cancellationToken);

    /// <summary>The repositories a registry lists; Docker Hub and others list none.</summary>
    public async IAsyncEnumerable<string> CatalogAsync(string domain, RegistryCredentials? credentials, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var chain = new EndpointChain(_hosts, domain, credentials, Services(new WarningList()));
        var request = new RegistryRequest { Method = HttpMethod.Get, Target = "_catalog", Scopes = [TokenScope.Catalog], IsRepeatable = true };
        var pages = new PagedList<RepositoryList>(chain, EndpointCapabilities.Resolve, DistributionJson.Default.RepositoryList);
        await foreach (var page in pages.ReadAsync(request, cancellationToken))
        {
            foreach (var repository in page.Repositories ?? [])
                yield return repository;
        }
    }

    /// <summary>Repositories by name: as Docker Hub finds them, or out of the catalog of a registry that has no search.</summary>
    public async Task<IReadOnlyList<SearchResult>> SearchAsync(string domain, string term, int limit, RegistryCredentials? credentials, CancellationToken cancellationToken)
    {
        var search = new RepositorySearch(_exchange, _probe, _hosts);
        if (await search.RunAsync(domain, term, limit, credentials, cancellationToken) is { } results)
            return results;

        var found = new List<SearchResult>();
        await foreach (var repository in CatalogAsync(domain, credentials, cancellationToken))
        {
            if (repository.Contains(term, StringComparison.OrdinalIgnoreCase))
                found.Add(new SearchResult { Name = repository, Description = "" });
            if (found.Count == limit)
                break;
        }
        return found;
    }

    /// <summary>Has a Boreal registry remove what nothing names any more, or only say what it would; its report, in JSON.</summary>
    public async Task<byte[]> CollectGarbageAsync(string domain, RegistryCredentials? credentials, bool dryRun, bool deleteUntagged, CancellationToken cancellationToken)
    {
        var chain = new EndpointChain(_hosts, domain, credentials, Services(new WarningList()));
        var request = new RegistryRequest
        {
            Method = HttpMethod.Post,
            Target = $"_boreal/gc?dry-run={(dryRun ? "true" : "false")}&delete-untagged={(deleteUntagged ? "true" : "false")}",
            Scopes = [TokenScope.Administration],
            AnswerTimeout = CollectionTimeout,
        };
        var session = (await chain.SessionsAsync(EndpointCapabilities.Push, cancellationToken))[0];
        using var response = await session.SendSuccessfullyAsync(request, cancellationToken);
        return await BoundedBody.ReadAsync(response, LargestReport, chain.Clock, cancellationToken);
    }

    public void Dispose() => _pool.Dispose();

    private SessionServices Services(WarningList warnings) => new(_exchange, _probe, _tokens, _retries, warnings);
}
