using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Boreal.Client.Addresses;

namespace Boreal.Client.Transport;

/// <summary>Client side TLS with the user's own authority and certificate.</summary>
internal static class TlsHandshake
{
    public static async Task<SslStream> RunAsync(Stream inner, string host, TlsFiles files, CancellationToken cancellationToken)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = host, ClientCertificates = Certificates(files) };
#pragma warning disable CA5359 // The user asked for TLS without verification.
        if (!files.VerifiesDaemon) options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        else if (files.AuthorityPath is { } authority) options.CertificateChainPolicy = Trust(authority);
        var stream = new SslStream(inner);
        await stream.AuthenticateAsClientAsync(options, cancellationToken);
        return stream;
    }

    private static X509Certificate2Collection Certificates(TlsFiles files)
    {
        var certificates = new X509Certificate2Collection();
        if (files is { CertificatePath: { } certificate, KeyPath: { } key })
            certificates.Add(X509Certificate2.CreateFromPemFile(certificate, key));
        return certificates;
    }

    private static X509ChainPolicy Trust(string authorityPath)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(authorityPath);
        return policy;
    }
}
