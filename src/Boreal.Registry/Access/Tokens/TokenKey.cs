using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Boreal.Registry.Access.Tokens;

/// <summary>
/// The key pair that signs tokens (ES256). Beside it lies a certificate with the public half: other registries are given that
/// file to trust our tokens.
/// </summary>
internal sealed class TokenKey : IDisposable
{
    private const string KeyFile = "token-key.pem";
    private const string CertificateFile = "token-cert.pem";
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private readonly ECDsa _key;
    private readonly Lock _using = new();

    private TokenKey(ECDsa key)
    {
        _key = key;
        Id = IdOf(key.ExportSubjectPublicKeyInfo());
        var secret = key.ExportParameters(includePrivateParameters: true).D ?? throw new CryptographicException("the token key has no private half");
        RefreshSecret = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "boreal registry refresh tokens"u8.ToArray());
        CryptographicOperations.ZeroMemory(secret);
    }

    /// <summary>As libtrust names keys, which is how registries look a trusted certificate up.</summary>
    public string Id { get; }

    /// <summary>For what only we ourselves read again.</summary>
    public byte[] RefreshSecret { get; }

    /// <summary>Takes the key of a folder, or makes it there. The key counts once its certificate lies beside it.</summary>
    /// <exception cref="InvalidDataException">The key file holds none.</exception>
    public static TokenKey Open(string folder, TimeProvider clock)
    {
        var (keyPath, certificatePath) = (Path.Combine(folder, KeyFile), Path.Combine(folder, CertificateFile));
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        try
        {
            if (File.Exists(keyPath))
                key.ImportFromPem(File.ReadAllText(keyPath));
            else
                SecretFile.Replace(keyPath, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
            if (!File.Exists(certificatePath))
                SecretFile.Replace(certificatePath, Encoding.ASCII.GetBytes(Certify(key, clock)));
            return new TokenKey(key);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new InvalidDataException($"{keyPath}: not a P-256 private key: {e.Message}", e);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_using)
            return _key.SignData(data, HashAlgorithmName.SHA256);
    }

    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        lock (_using)
            return _key.VerifyData(data, signature, HashAlgorithmName.SHA256);
    }

    public void Dispose() => _key.Dispose();

    /// <summary>The first 240 bits of the public key's sha256 in base32, four letters a group.</summary>
    private static string IdOf(byte[] publicKey)
    {
        var hash = SHA256.HashData(publicKey).AsSpan(0, 30);
        var id = new StringBuilder(59);
        for (var bit = 0; bit < 240; bit += 5)
        {
            if (bit > 0 && bit % 20 == 0)
                id.Append(':');
            var pair = (hash[bit / 8] << 8) | (bit / 8 + 1 < hash.Length ? hash[bit / 8 + 1] : 0);
            id.Append(Base32[(pair >> (11 - bit % 8)) & 31]);
        }
        return id.ToString();
    }

    private static string Certify(ECDsa key, TimeProvider clock)
    {
        var request = new CertificateRequest("CN=Boreal registry tokens", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, critical: true));
        var now = clock.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(30));
        return certificate.ExportCertificatePem() + "\n";
    }
}
