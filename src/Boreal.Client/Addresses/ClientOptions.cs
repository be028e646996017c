namespace Boreal.Client.Addresses;

/// <summary>How a <see cref="BorealClient"/> reaches its daemon.</summary>
public sealed record ClientOptions
{
    public required DaemonAddress Address { get; init; }

    /// <summary>TLS material; null: cleartext, unless the address says https.</summary>
    public TlsFiles? Tls { get; init; }

    /// <summary>A fixed API version such as <c>1.45</c>; null: negotiated with the daemon at the first request.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>The User-Agent sent with every request.</summary>
    public string UserAgent { get; init; } = "Boreal-Client";

    /// <summary>Extra headers sent with every request.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
