using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Boreal.Daemon.Configuration;

namespace Boreal.Daemon.Listening;

/// <summary>TLS in which the client proves itself to us as we to it; there is no weaker form.</summary>
internal static class MutualTls
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    public static SslServerAuthenticationOptions Load(TlsOptions options)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(options.CaCertificate);
            if (authorities.Count == 0)
                throw new ConfigurationException($"no certificate in {options.CaCertificate}");
            return new SslServerAuthenticationOptions
            {
                ServerCertificateContext = LoadOwn(options),
                ClientCertificateRequired = true,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => IsTrusted(certificate, authorities),
            };
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"cannot use the TLS files {options.CaCertificate}, {options.Certificate}, {options.Key}: {e.Message}", e);
        }
    }

    private static SslStreamCertificateContext LoadOwn(TlsOptions options)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(options.Certificate);
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(options.Certificate, options.Key), chain, offline: true);
    }

    /// <summary>Only chains to the given authorities count; the machine's own trust store does not.</summary>
    private static bool IsTrusted(X509Certificate? certificate, X509Certificate2Collection authorities)
    {
        if (certificate is not X509Certificate2 client)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return chain.Build(client);
    }
}
