using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using Boreal.Oci.Distribution.Hosts;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>One connection pool per set of certificates. Redirects, credentials and retries are decided above.</summary>
internal sealed class TransportPool(RegistryClientOptions options, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<TlsSettings, HttpMessageInvoker> _invokers = new();

    public HttpMessageInvoker For(TlsSettings tls) => _invokers.GetOrAdd(tls, Create);

    public void Dispose()
    {
        foreach (var invoker in _invokers.Values)
            invoker.Dispose();
    }

    private HttpMessageInvoker Create(TlsSettings tls)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            ConnectTimeout = options.ConnectTimeout,
            Proxy = options.Proxy,
            UseProxy = options.Proxy is not null,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            // Bytes of an unwanted answer worth reading to keep the connection.
            MaxResponseDrainSize = 64 * 1024,
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),
            SslOptions = SslOptions(tls),
        };
        return new HttpMessageInvoker(handler);
    }

    private SslClientAuthenticationOptions SslOptions(TlsSettings tls)
    {
        var check = new CertificateCheck(tls, clock);
        var ssl = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = check.Accepts };
        if (tls.ClientCertificate.Length > 0)
            ssl.ClientCertificates = [CertificateCheck.ClientCertificate(tls)];
        return ssl;
    }
}
