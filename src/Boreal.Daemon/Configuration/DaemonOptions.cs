using Boreal.Ingress;

namespace Boreal.Daemon.Configuration;

/// <summary>What the daemon was asked to be, from flags and file; never changes after start.</summary>
internal sealed record DaemonOptions
{
    public string DataRoot { get; init; } = "/var/lib/boreal";

    public string ExecRoot { get; init; } = "/run/boreal";

    public IReadOnlyList<string> Hosts { get; init; } = [];

    public string PidFile { get; init; } = "";

    public string Group { get; init; } = "boreal";

    /// <summary>Whether somebody asked for <see cref="Group"/>, so that it must exist.</summary>
    public bool GroupIsGiven { get; init; }

    public TlsOptions Tls { get; init; } = new();

    public LogOptions Logging { get; init; } = new();

    public ContainerDefaults Containers { get; init; } = new();

    public BridgeOptions Bridge { get; init; } = new();

    public RegistriesOptions Registries { get; init; } = new();

    public BuilderOptions Builder { get; init; } = new();

    /// <summary>How long requests may take to finish once the daemon was told to stop.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The registry that is served, if any.</summary>
    public RegistryHostOptions Registry { get; init; } = new();

    /// <summary>Where metrics are served to anybody, as address:port; empty: nowhere but on the engine's own sockets.</summary>
    public string MetricsAddress { get; init; } = "";

    /// <summary>Where traces go: an OTLP collector's base address. Empty: where OpenTelemetry's variables say, else nowhere.</summary>
    public string TracesEndpoint { get; init; } = "";

    /// <summary>Where requests for routes arrive.</summary>
    public IngressOptions Ingress { get; init; } = new();

    /// <summary>Shown by <c>info</c>: <c>key=value</c>.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];
}
