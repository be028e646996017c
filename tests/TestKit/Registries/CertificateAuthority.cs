using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.TestKit.Registries;

/// <summary>A private certificate authority, and the certificates it has signed for this machine's addresses and localhost, as PEM files.</summary>
public sealed class CertificateAuthority : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(2);

    private readonly TemporaryDirectory _directory = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public CertificateAuthority()
    {
        var now = TimeProvider.System.GetUtcNow();
        var request = new CertificateRequest("CN=Boreal test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        _certificate = request.CreateSelfSigned(now - Lifetime, now + Lifetime);
        File.WriteAllText(AuthorityPath, _certificate.ExportCertificatePem());
        WriteServer(now);
    }

    public string AuthorityPath => _directory.File("ca.crt");

    public string CertificatePath => _directory.File("server.crt");

    public string KeyPath => _directory.File("server.key");

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
        _directory.Dispose();
    }

    private void WriteServer(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.Parse(OwnAddress.Find()));
        names.AddDnsName("localhost");
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var certificate = request.Create(_certificate, now - Lifetime / 2, now + Lifetime / 2, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(CertificatePath, certificate.ExportCertificatePem());
        File.WriteAllText(KeyPath, key.ExportPkcs8PrivateKeyPem());
    }
}
