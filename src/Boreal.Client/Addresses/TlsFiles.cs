namespace Boreal.Client.Addresses;

/// <summary>PEM files for TLS to a daemon. A path that is null is not used.</summary>
public sealed record TlsFiles
{
    /// <summary>Certificates of the authorities trusted to sign the daemon's certificate; null: the system's.</summary>
    public string? AuthorityPath { get; init; }

    /// <summary>This client's certificate.</summary>
    public string? CertificatePath { get; init; }

    /// <summary>The key of <see cref="CertificatePath"/>.</summary>
    public string? KeyPath { get; init; }

    /// <summary>False accepts any certificate of the daemon (docker's <c>--tls</c> without <c>--tlsverify</c>).</summary>
    public bool VerifiesDaemon { get; init; } = true;
}
