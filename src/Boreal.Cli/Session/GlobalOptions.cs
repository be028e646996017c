using Boreal.Client.Addresses;
using Boreal.Cli.CommandLine;

namespace Boreal.Cli.Session;

/// <summary>The options in front of the verb, with what the environment says where they are silent.</summary>
internal sealed class GlobalOptions
{
    private const string DefaultHost = "unix:///run/boreal/boreal.sock";

    private readonly ListFlag _host;
    private readonly ValueFlag<bool> _tls;
    private readonly ValueFlag<bool> _tlsVerify;
    private readonly ValueFlag<string> _authority;
    private readonly ValueFlag<string> _certificate;
    private readonly ValueFlag<string> _key;

    public GlobalOptions()
    {
        Config = Flags.Text("config", '\0', "Location of client config files");
        Debug = Flags.Switch("debug", 'D', "Enable debug mode");
        _host = Flags.Add(new ListFlag("host", 'H', $"Daemon socket to connect to (BOREAL_HOST, then DOCKER_HOST, then {DefaultHost})") { ValueName = "list" });
        LogLevel = Flags.Text("log-level", 'l', "Set the logging level (\"debug\", \"info\", \"warn\", \"error\", \"fatal\")", "info");
        _tls = Flags.Switch("tls", '\0', "Use TLS; implied by --tlsverify");
        _authority = Flags.Text("tlscacert", '\0', "Trust certs signed only by this CA");
        _certificate = Flags.Text("tlscert", '\0', "Path to TLS certificate file");
        _key = Flags.Text("tlskey", '\0', "Path to TLS key file");
        _tlsVerify = Flags.Switch("tlsverify", '\0', "Use TLS and verify the remote");
        Version = Flags.Switch("version", 'v', "Print version information and quit");
        Help = Flags.Switch("help", '\0', "Print usage");
    }

    public FlagSet Flags { get; } = new();

    public ValueFlag<string> Config { get; }

    public ValueFlag<bool> Debug { get; }

    public ValueFlag<string> LogLevel { get; }

    public ValueFlag<bool> Version { get; }

    public ValueFlag<bool> Help { get; }

    /// <summary>Where docker keeps its client configuration: <c>detachKeys</c>, <c>psFormat</c> and certificates are read from there.</summary>
    public string ConfigDirectory =>
        Config.Value is { Length: > 0 } given ? given
        : Variable("DOCKER_CONFIG") ?? Path.Combine(Variable("HOME") ?? "/", ".docker");

    public string HostText =>
        _host.Values is [.., var last] ? last : Variable("BOREAL_HOST") ?? Variable("DOCKER_HOST") ?? DefaultHost;

    public ClientOptions ToClientOptions()
    {
        if (_host.Values.Count > 1) throw new CommandFailedException("specify only one -H");
        var verify = _tlsVerify.IsGiven ? _tlsVerify.Value : Variable("DOCKER_TLS_VERIFY") is not null;
        var tls = verify || _tls.Value || Variable("DOCKER_TLS") is not null;
        try
        {
            return new ClientOptions
            {
                Address = DaemonAddress.Parse(HostText, tls),
                Tls = tls ? Certificates(verify) : null,
                ApiVersion = Variable("DOCKER_API_VERSION")?.TrimStart('v'),
                UserAgent = $"Boreal-Client/{ProductVersion.Text} (linux)",
            };
        }
        catch (FormatException problem)
        {
            throw new CommandFailedException(problem.Message);
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private TlsFiles Certificates(bool verify)
    {
        var directory = Variable("DOCKER_CERT_PATH") ?? ConfigDirectory;
        return new TlsFiles
        {
            VerifiesDaemon = verify,
            AuthorityPath = Chosen(_authority, Path.Combine(directory, "ca.pem")),
            CertificatePath = Chosen(_certificate, Path.Combine(directory, "cert.pem")),
            KeyPath = Chosen(_key, Path.Combine(directory, "key.pem")),
        };
    }

    private static string? Chosen(ValueFlag<string> flag, string usual)
    {
        if (!flag.IsGiven) return File.Exists(usual) ? usual : null;
        return File.Exists(flag.Value) ? flag.Value : throw new CommandFailedException($"could not read {flag.Name}: open {flag.Value}: no such file or directory");
    }
}
