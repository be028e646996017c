using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Compose;

internal sealed class ComposeExecCommand : ComposeCommand
{
    private readonly ValueFlag<bool> _detach;
    private readonly ListFlag _environment;
    private readonly ValueFlag<long> _index;
    private readonly ValueFlag<bool> _noTty;
    private readonly ValueFlag<bool> _privileged;
    private readonly ValueFlag<string> _user;
    private readonly ValueFlag<string> _directory;

    public ComposeExecCommand()
    {
        _detach = Flags.Switch("detach", 'd', "Detached mode: Run command in the background.");
        _environment = Flags.List("env", 'e', "Set environment variables");
        _index = Flags.Integer("index", '\0', "Index of the container if service has multiple replicas");
        _noTty = Flags.Switch("no-TTY", 'T', "Disable pseudo-TTY allocation.");
        _privileged = Flags.Switch("privileged", '\0', "Give extended privileges to the process.");
        _user = Flags.Text("user", 'u', "Run the command as this user.");
        _directory = Flags.Text("workdir", 'w', "Path to workdir directory for this command.");
    }

    public override string Usage => "exec [OPTIONS] SERVICE COMMAND [ARGS...]";

    public override string Summary => "Execute a command in a running container";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(2);

    public override bool OptionsAnywhere => false;

    public override IReadOnlyList<string> Examples => ["boreal compose exec web sh", "boreal compose exec -T db pg_dump app"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var container = await ProjectContainers.OneAsync(context, await NameAsync(context), arguments[0], (int)_index.Value, cancellationToken);
        var words = new List<string>();
        if (_detach.Value) words.Add("--detach");
        else words.Add(_noTty.Value || !context.Terminal.InputIsTerminal ? "-i" : "-it");
        if (_privileged.Value) words.Add("--privileged");
        if (_user.IsGiven) words.AddRange(["--user", _user.Value]);
        if (_directory.IsGiven) words.AddRange(["--workdir", _directory.Value]);
        foreach (var variable in _environment.Values) words.AddRange(["--env", variable]);
        var command = new Containers.ExecCommand();
        return await command.RunAsync(context, command.Flags.Parse([.. words, container.Id, .. arguments.Skip(1)], anywhere: false), cancellationToken);
    }
}
