using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>Why a certificate does not do, in the words and the order of the checks that Docker's users know.</summary>
internal static class CertificateFault
{
    public const string Prefix = "x509: ";

    public static string Describe(X509Certificate2 certificate, string host, SslPolicyErrors errors, DateTimeOffset now)
    {
        if (now > certificate.NotAfter)
            return $"{Prefix}certificate has expired or is not yet valid: current time {Time(now)} is after {Time(certificate.NotAfter)}";
        if (now < certificate.NotBefore)
            return $"{Prefix}certificate has expired or is not yet valid: current time {Time(now)} is before {Time(certificate.NotBefore)}";
        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? OtherName(certificate, host) : $"{Prefix}certificate signed by unknown authority";
    }

    private static string OtherName(X509Certificate2 certificate, string host)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        if (IPAddress.TryParse(host, out _))
        {
            var addresses = names?.EnumerateIPAddresses().ToList() ?? [];
            return addresses.Count == 0
                ? $"{Prefix}cannot validate certificate for {host} because it doesn't contain any IP SANs"
                : $"{Prefix}certificate is valid for {string.Join(", ", addresses)}, not {host}";
        }
        var hosts = names?.EnumerateDnsNames().ToList() ?? [];
        return hosts.Count == 0
            ? $"{Prefix}certificate is not valid for any names, but wanted to match {host}"
            : $"{Prefix}certificate is valid for {string.Join(", ", hosts)}, not {host}";
    }

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
