using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Boreal.Oci.Distribution.Transport;

namespace Boreal.Tests.Unit.Oci.Distribution;

/// <summary>The texts are Docker 26's for the same certificates.</summary>
public sealed class CertificateFaultTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.2,a.example", "certificate is valid for 10.0.0.2, not 10.0.0.1")]
    [InlineData("10.0.0.1", "a.example", "cannot validate certificate for 10.0.0.1 because it doesn't contain any IP SANs")]
    [InlineData("10.0.0.1", "", "cannot validate certificate for 10.0.0.1 because it doesn't contain any IP SANs")]
    [InlineData("r.example", "a.example,b.example,10.0.0.2", "certificate is valid for a.example, b.example, not r.example")]
    [InlineData("r.example", "", "certificate is not valid for any names, but wanted to match r.example")]
    public void Certificate_OfAnotherName_SaysWhichItHas(string host, string names, string text)
    {
        using var certificate = Certificate(names);

        Assert.Equal("x509: " + text, CertificateFault.Describe(certificate, host, SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateChainErrors, Now));
    }

    [Theory]
    [InlineData(2, "after 2026-01-03T03:04:05Z")]
    [InlineData(-2, "before 2026-01-01T03:04:05Z")]
    public void Certificate_OfAnotherTime_SaysWhen(int days, string text)
    {
        using var certificate = Certificate("10.0.0.1");
        var now = Now.AddDays(days);

        Assert.Equal($"x509: certificate has expired or is not yet valid: current time {now:yyyy-MM-ddTHH:mm:ssZ} is {text}",
            CertificateFault.Describe(certificate, "10.0.0.1", SslPolicyErrors.RemoteCertificateChainErrors, now));
    }

    [Fact]
    public void Certificate_OfAnUnknownAuthority_SaysSo()
    {
        using var certificate = Certificate("10.0.0.1");

        Assert.Equal("x509: certificate signed by unknown authority", CertificateFault.Describe(certificate, "10.0.0.1", SslPolicyErrors.RemoteCertificateChainErrors, Now));
    }

    private static X509Certificate2 Certificate(string names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPAddress.TryParse(name, out var address))
                alternatives.AddIpAddress(address);
            else
                alternatives.AddDnsName(name);
        }
        if (names.Length > 0)
            request.CertificateExtensions.Add(alternatives.Build());
        return request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
    }
}
