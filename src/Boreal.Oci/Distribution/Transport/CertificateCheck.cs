using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Boreal.Oci.Distribution.Hosts;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>Accepts a server's certificate when the system does or when it leads to an authority of the registry's own folder.</summary>
internal sealed class CertificateCheck(TlsSettings tls, TimeProvider clock)
{
    private readonly X509Certificate2Collection _authorities = Authorities(tls);

    /// <exception cref="DistributionException">Certificate and key can't be read or do not belong together.</exception>
    public static X509Certificate2 ClientCertificate(TlsSettings tls)
    {
        try
        {
            return X509Certificate2.CreateFromPem(tls.ClientCertificate, tls.ClientKey);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new DistributionException(DistributionErrorKind.Invalid, $"the client certificate can't be used: {exception.Message}", exception);
        }
    }

    /// <exception cref="AuthenticationException">It is refused; the text says why, beginning with <see cref="CertificateFault.Prefix"/>.</exception>
    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (tls.SkipVerify || errors == SslPolicyErrors.None)
            return true;
        if (certificate is not X509Certificate2 leaf)
            return false;
        if (errors == SslPolicyErrors.RemoteCertificateChainErrors && LeadsToOurs(leaf, chain))
            return true;
        throw new AuthenticationException(CertificateFault.Describe(leaf, (sender as SslStream)?.TargetHostName ?? "", errors, clock.GetUtcNow()));
    }

    private bool LeadsToOurs(X509Certificate2 leaf, X509Chain? chain)
    {
        if (_authorities.Count == 0)
            return false;
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (chain is not null)
            own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        return own.Build(leaf);
    }

    private static X509Certificate2Collection Authorities(TlsSettings tls)
    {
        var authorities = new X509Certificate2Collection();
        if (tls.Authorities.Length == 0)
            return authorities;
        try
        {
            authorities.ImportFromPem(tls.Authorities);
            return authorities;
        }
        catch (CryptographicException exception)
        {
            throw new DistributionException(DistributionErrorKind.Invalid, $"the registry's certificate authorities can't be read: {exception.Message}", exception);
        }
    }
}
