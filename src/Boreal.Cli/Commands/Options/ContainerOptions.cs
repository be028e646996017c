using Boreal.Api.Containers;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Parsing;
using Boreal.Notation;

namespace Boreal.Cli.Commands.Options;

/// <summary>Everything <c>run</c> and <c>create</c> can say about a container.</summary>
internal sealed class ContainerOptions
{
    private static readonly string[] Streams = ["stdin", "stdout", "stderr"];

    private readonly ListFlag _attach;
    private readonly ListFlag _environment;
    private readonly ListFlag _environmentFiles;
    private readonly ListFlag _labels;
    private readonly ListFlag _labelFiles;
    private readonly ValueFlag<string> _domain;
    private readonly ValueFlag<string> _entrypoint;
    private readonly ValueFlag<string> _hostname;
    private readonly ValueFlag<string> _user;
    private readonly ValueFlag<string> _directory;
    private readonly ValueFlag<string> _restart;
    private readonly ValueFlag<string> _stopSignal;
    private readonly ValueFlag<long> _stopTimeout;
    private readonly ValueFlag<bool> _init;
    private readonly ValueFlag<bool> _interactive;
    private readonly ValueFlag<bool> _tty;
    private readonly ResourceOptions _resources;
    private readonly HostResourceOptions _hostResources;
    private readonly NetworkOptions _network;
    private readonly HealthOptions _health;
    private readonly SecurityOptions _security;
    private readonly StorageOptions _storage;

    public ContainerOptions(FlagSet flags)
    {
        _attach = flags.List("attach", 'a', "Attach to STDIN, STDOUT or STDERR", CheckStream);
        _environment = flags.List("env", 'e', "Set environment variables", KeyValueFiles.CheckVariable);
        _environmentFiles = flags.List("env-file", '\0', "Read in a file of environment variables");
        _labels = flags.List("label", 'l', "Set meta data on a container", KeyValueFiles.CheckLabel);
        _labelFiles = flags.List("label-file", '\0', "Read in a line delimited file of labels");
        _domain = flags.Text("domainname", '\0', "Container NIS domain name");
        _entrypoint = flags.Text("entrypoint", '\0', "Overwrite the default ENTRYPOINT of the image");
        _hostname = flags.Text("hostname", 'h', "Container host name");
        _user = flags.Text("user", 'u', "Username or UID (format: <name|uid>[:<group|gid>])");
        _directory = flags.Text("workdir", 'w', "Working directory inside the container");
        _restart = flags.Text("restart", '\0', "Restart policy to apply when a container exits", "no");
        _stopSignal = flags.Text("stop-signal", '\0', "Signal to stop the container");
        _stopTimeout = flags.Integer("stop-timeout", '\0', "Timeout (in seconds) to stop a container");
        _init = flags.Switch("init", '\0', "Run an init inside the container that forwards signals and reaps processes");
        _interactive = flags.Switch("interactive", 'i', "Keep STDIN open even if not attached");
        _tty = flags.Switch("tty", 't', "Allocate a pseudo-TTY");
        AutoRemove = flags.Switch("rm", '\0', "Automatically remove the container and its associated anonymous volumes when it exits");
        Name = flags.Text("name", '\0', "Assign a name to the container");
        Platform = flags.Text("platform", '\0', "Set platform if server is multi-platform capable");
        Pull = flags.Text("pull", '\0', "Pull image before running (\"always\", \"missing\", \"never\")", "missing");
        Quiet = flags.Switch("quiet", 'q', "Suppress the pull output");
        IdFile = flags.Text("cidfile", '\0', "Write the container ID to the file");
        flags.Add(new ValueFlag<bool>("disable-content-trust", '\0', "Skip image verification", true, GoNumbers.ParseBoolean) { ValueWhenBare = "true", DefaultText = "true" });
        _resources = new ResourceOptions(flags);
        _hostResources = new HostResourceOptions(flags);
        _network = new NetworkOptions(flags);
        _health = new HealthOptions(flags);
        _security = new SecurityOptions(flags);
        _storage = new StorageOptions(flags);
    }

    public ValueFlag<bool> AutoRemove { get; }

    public ValueFlag<string> Name { get; }

    public ValueFlag<string> Platform { get; }

    public ValueFlag<string> Pull { get; }

    public ValueFlag<bool> Quiet { get; }

    public ValueFlag<string> IdFile { get; }

    public bool AttachIsGiven => _attach.Values.Count > 0;

    /// <exception cref="FormatException">The options contradict each other or one is wrong.</exception>
    public ContainerCreateRequest Build(string image, IReadOnlyList<string> command)
    {
        if (Pull.Value is not ("always" or "missing" or "never" or ""))
            throw new FormatException($"invalid pull option: '{Pull.Value}': must be one of \"always\", \"missing\" or \"never\"");
        var restart = RestartPolicies.Parse(_restart.Value);
        if (AutoRemove.Value && restart.Name is not ("" or "no")) throw new FormatException("conflicting options: cannot specify both --restart and --rm");
        var stdin = _interactive.Value || _attach.Values.Contains("stdin");
        return new ContainerCreateRequest
        {
            Hostname = _hostname.Value,
            Domainname = _domain.Value,
            User = _user.Value,
            AttachStdin = stdin,
            AttachStdout = !AttachIsGiven || _attach.Values.Contains("stdout"),
            AttachStderr = !AttachIsGiven || _attach.Values.Contains("stderr"),
            ExposedPorts = _network.Ports().Exposed,
            Tty = _tty.Value,
            OpenStdin = _interactive.Value,
            StdinOnce = _interactive.Value && stdin,
            Env = KeyValueFiles.Environment(_environmentFiles.Values, _environment.Values),
            Cmd = command.Count > 0 ? command : null,
            Healthcheck = _health.Build(),
            Image = image,
            Volumes = _storage.AnonymousVolumes(),
            WorkingDir = _directory.Value,
            Entrypoint = _entrypoint.Value.Length > 0 ? [_entrypoint.Value] : _entrypoint.IsGiven ? [""] : null,
            MacAddress = _network.MacAddress(),
            Labels = KeyValueFiles.Labels(_labelFiles.Values, _labels.Values),
            StopSignal = _stopSignal.IsGiven ? _stopSignal.Value : null,
            StopTimeout = _stopTimeout.IsGiven ? (int)_stopTimeout.Value : null,
            HostConfig = Host(restart),
            NetworkingConfig = _network.Endpoints(),
        };
    }

    private HostConfig Host(RestartPolicy restart)
    {
        var host = new HostConfig
        {
            AutoRemove = AutoRemove.Value,
            ContainerIDFile = IdFile.Value,
            RestartPolicy = restart,
            ConsoleSize = [0, 0],
            Init = _init.IsGiven ? _init.Value : null,
        };
        return _storage.AddTo(_security.AddTo(_network.AddTo(_hostResources.AddTo(_resources.AddTo(host)))));
    }

    private static string CheckStream(string text) =>
        Streams.Contains(text.ToLowerInvariant(), StringComparer.Ordinal) ? text.ToLowerInvariant() : throw new FormatException("valid streams are STDIN, STDOUT and STDERR");
}
