namespace Boreal.Oci.Distribution.Hosts;

/// <summary>Certificates by content, so that a file that was replaced counts as other settings.</summary>
public sealed record TlsSettings
{
    public static readonly TlsSettings Default = new();

    public bool SkipVerify { get; init; }

    /// <summary>PEM of authorities trusted beside the system's.</summary>
    public string Authorities { get; init; } = "";

    /// <summary>PEM pairs that say who we are, certificate and key; joined so that settings compare by value.</summary>
    public string ClientCertificate { get; init; } = "";

    public string ClientKey { get; init; } = "";

    /// <summary>For other hosts we are sent to: they are checked alike but not told who we are.</summary>
    public TlsSettings Anonymous => this with { ClientCertificate = "", ClientKey = "" };

    public override string ToString() => SkipVerify ? "unverified TLS" : "TLS";
}
