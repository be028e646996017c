using Boreal.Cli.CommandLine;
using Boreal.Compose.Requests;

namespace Boreal.Cli.Commands.Compose;

/// <summary>The options of <c>run</c> that change what the service says.</summary>
internal sealed class OneOffFlags
{
    private readonly ListFlag _addedCapabilities;
    private readonly ListFlag _droppedCapabilities;
    private readonly ValueFlag<string> _entrypoint;
    private readonly ListFlag _environment;
    private readonly ValueFlag<bool> _interactive;
    private readonly ListFlag _labels;
    private readonly ValueFlag<bool> _noTty;
    private readonly ListFlag _ports;
    private readonly ValueFlag<bool> _remove;
    private readonly ValueFlag<bool> _servicePorts;
    private readonly ValueFlag<bool> _useAliases;
    private readonly ValueFlag<string> _user;
    private readonly ListFlag _volumes;
    private readonly ValueFlag<string> _directory;

    public OneOffFlags(FlagSet flags)
    {
        _addedCapabilities = flags.List("cap-add", '\0', "Add Linux capabilities");
        _droppedCapabilities = flags.List("cap-drop", '\0', "Drop Linux capabilities");
        _entrypoint = flags.Text("entrypoint", '\0', "Override the entrypoint of the image");
        _environment = flags.Add(new ListFlag("env", 'e', "Set environment variables") { ValueName = "stringArray" });
        _interactive = flags.Switch("interactive", 'i', "Keep STDIN open even if not attached", start: true);
        _labels = flags.Add(new ListFlag("label", 'l', "Add or override a label") { ValueName = "stringArray" });
        _noTty = flags.Switch("no-TTY", 'T', "Disable pseudo-TTY allocation (default: auto-detected)");
        _ports = flags.Add(new ListFlag("publish", 'p', "Publish a container's port(s) to the host") { ValueName = "stringArray" });
        _remove = flags.Switch("rm", '\0', "Automatically remove the container when it exits");
        _servicePorts = flags.Switch("service-ports", 'P', "Run command with all service's ports enabled and mapped to the host");
        flags.Add(new ValueFlag<bool>("tty", 't', "Allocate a pseudo-TTY", true, bool.Parse) { ValueWhenBare = "true", IsHidden = true });
        _useAliases = flags.Switch("use-aliases", '\0', "Use the service's network useAliases in the network(s) the container connects to");
        _user = flags.Text("user", 'u', "Run as specified username or uid");
        _volumes = flags.Add(new ListFlag("volume", 'v', "Bind mount a volume") { ValueName = "stringArray" });
        _directory = flags.Text("workdir", 'w', "Working directory inside the container");
    }

    public OneOffOptions Read(IReadOnlyList<string> command, bool onTerminal)
    {
        if (_ports.Values.Count > 0 && _servicePorts.Value) throw new CommandFailedException("--service-ports and --publish are incompatible");
        return new OneOffOptions
        {
            Command = command,
            Entrypoint = _entrypoint.IsGiven ? _entrypoint.Value : null,
            Environment = _environment.Values,
            Labels = _labels.Values,
            Volumes = _volumes.Values,
            Ports = _ports.Values,
            AddedCapabilities = _addedCapabilities.Values,
            DroppedCapabilities = _droppedCapabilities.Values,
            User = _user.Value,
            WorkingDirectory = _directory.Value,
            KeepsPorts = _servicePorts.Value,
            HasTerminal = !_noTty.Value && onTerminal,
            IsInteractive = _interactive.Value,
            KeepsAliases = _useAliases.Value,
            RemovesItself = _remove.Value,
        };
    }
}
