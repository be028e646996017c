using Boreal.Oci.Distribution.Hosts;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>A registry's endpoints in the order to try them, for one caller.</summary>
internal sealed class EndpointChain(RegistryHosts hosts, string domain, RegistryCredentials? credentials, SessionServices services)
{
    private volatile IReadOnlyList<EndpointSession>? _sessions;

    public string Domain => domain;

    public TimeProvider Clock => services.Exchange.Clock;

    public RegistryClientOptions Options => services.Exchange.Options;

    /// <summary>Those that may be used for it; asked for the first time, the registry's configuration is read.</summary>
    public async ValueTask<IReadOnlyList<EndpointSession>> SessionsAsync(EndpointCapabilities need, CancellationToken cancellationToken)
    {
        var sessions = _sessions ??= await OpenAsync(cancellationToken);
        var able = sessions.Where(session => session.Endpoint.Can(need)).ToList();
        return able.Count > 0 ? able : throw new DistributionException(DistributionErrorKind.Unsupported, $"no host is configured for {need.ToString().ToLowerInvariant()} of {domain}");
    }

    /// <summary>
    /// The first endpoint's answer that is one; when all fail, what the last one said. The first <paramref name="skip"/> have
    /// proved bad for this and are left out, but never the last.
    /// </summary>
    public async Task<T> FirstAsync<T>(EndpointCapabilities need, Func<EndpointSession, Task<T>> ask, CancellationToken cancellationToken, int skip = 0)
    {
        var sessions = await SessionsAsync(need, cancellationToken);
        for (var index = Math.Min(skip, sessions.Count - 1); ; index++)
        {
            try
            {
                return await ask(sessions[index]);
            }
            catch (DistributionException) when (index < sessions.Count - 1)
            {
                // A mirror that can't serve this costs nothing but the time: the next one is asked.
            }
        }
    }

    private async Task<IReadOnlyList<EndpointSession>> OpenAsync(CancellationToken cancellationToken)
    {
        var endpoints = await hosts.ResolveAsync(domain, cancellationToken);
        var own = credentials is { IsEmpty: false } ? Normalize(credentials) : null;
        return [.. endpoints.Select(endpoint => new EndpointSession(endpoint, endpoint.IsMirror ? null : own, services))];
    }

    // Credential helpers give an identity token as the password of this user.
    private static RegistryCredentials Normalize(RegistryCredentials credentials) =>
        credentials.Username == "<token>" ? new RegistryCredentials { IdentityToken = credentials.Password } : credentials;
}
