namespace Boreal.Orchestrator.Routes;

/// <summary>How a service's requests are treated. Immutable.</summary>
public sealed record HttpSettings
{
    /// <summary>The cookie that leads a client to the task that answered it before; empty for none.</summary>
    public string StickyCookie { get; init; } = "";

    /// <summary>Asked at each task; one that does not answer with 2xx or 3xx gets no requests while others do. Empty: not asked.</summary>
    public string HealthPath { get; init; } = "";

    public TimeSpan HealthInterval { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan HealthTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest silence in a request that is under way. WebSockets and gRPC may be silent for as long as they like.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A file of this machine: the certificate and those it hangs on, PEM. Empty: no TLS.</summary>
    public string Certificate { get; init; } = "";

    /// <summary>The file with its key, PEM.</summary>
    public string Key { get; init; } = "";

    /// <summary>Whether the <c>X-Forwarded</c> headers of a request are believed, because a proxy of one's own sets them.</summary>
    public bool TrustsForwarded { get; init; }

    /// <summary>What tasks speak at the ports of routes: <c>http</c>, <c>h2c</c> or <c>https</c>.</summary>
    public string Protocol { get; init; } = "http";

    public bool HasTls => Certificate.Length > 0;
}
