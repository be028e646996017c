using Boreal.Oci.Distribution.Hosts;
using Boreal.Oci.Distribution.Tokens;
using Boreal.Oci.Distribution.Transport;
using Boreal.Oci.References;

namespace Boreal.Oci.Distribution;

/// <summary>Talks to registries. One per program: it keeps connections, tokens and what it learned about hosts.</summary>
public sealed class RegistryClient : IDisposable
{
    private readonly RegistryHosts _hosts;
    private readonly TransportPool _pool;
    private readonly HttpExchange _exchange;
    private readonly EndpointProbe _probe;
    private readonly TokenSource _tokens;
    private readonly RetryRules _retries;

    public RegistryClient(RegistryHosts hosts, RegistryClientOptions options, TimeProvider clock)
    {
        _hosts = hosts;
        _pool = new TransportPool(options);
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

    public void Dispose() => _pool.Dispose();

    private SessionServices Services(WarningList warnings) => new(_exchange, _probe, _tokens, _retries, warnings);
}
