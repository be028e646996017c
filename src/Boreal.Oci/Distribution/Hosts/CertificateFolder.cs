namespace Boreal.Oci.Distribution.Hosts;

/// <summary>Docker's certificate files of one registry: <c>*.crt</c> are authorities, <c>*.cert</c> with its <c>*.key</c> says who we are.</summary>
internal static class CertificateFolder
{
    /// <exception cref="DistributionException">A certificate has no key, or a file can't be read.</exception>
    public static TlsSettings Read(string folder)
    {
        try
        {
            var files = Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).ToList();
            var authorities = files.Where(file => file.EndsWith(".crt", StringComparison.Ordinal)).Select(File.ReadAllText);
            var certificate = files.FirstOrDefault(file => file.EndsWith(".cert", StringComparison.Ordinal));
            foreach (var key in files.Where(file => file.EndsWith(".key", StringComparison.Ordinal)))
            {
                if (!files.Contains(Path.ChangeExtension(key, ".cert")))
                    throw new DistributionException(DistributionErrorKind.Invalid, $"missing client certificate {Path.GetFileNameWithoutExtension(key)}.cert for key {Path.GetFileName(key)}");
            }
            var settings = new TlsSettings { Authorities = string.Join('\n', authorities) };
            return certificate is null ? settings : settings with { ClientCertificate = File.ReadAllText(certificate), ClientKey = ReadKey(certificate) };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DistributionException(DistributionErrorKind.Invalid, $"the certificates of {folder} can't be read: {exception.Message}", exception);
        }
    }

    private static string ReadKey(string certificate)
    {
        var key = Path.ChangeExtension(certificate, ".key");
        return File.Exists(key)
            ? File.ReadAllText(key)
            : throw new DistributionException(DistributionErrorKind.Invalid,
                $"missing key {Path.GetFileName(key)} for client certificate {Path.GetFileName(certificate)}. CA certificates must use the extension .crt");
    }
}
