namespace Boreal.Daemon.Configuration;

/// <summary>For TCP: clients must show a certificate of this authority.</summary>
internal sealed record TlsOptions
{
    public bool Enabled { get; init; }

    public bool Verify { get; init; }

    public string CaCertificate { get; init; } = "/etc/boreal/ca.pem";

    public string Certificate { get; init; } = "/etc/boreal/cert.pem";

    public string Key { get; init; } = "/etc/boreal/key.pem";
}
