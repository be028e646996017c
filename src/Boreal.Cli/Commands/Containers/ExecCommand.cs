using Boreal.Api.Execs;
using Boreal.Cli.Attaching;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Parsing;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

internal sealed class ExecCommand : Command
{
    private readonly ValueFlag<bool> _detach;
    private readonly ValueFlag<string> _detachKeys;
    private readonly ListFlag _environment;
    private readonly ListFlag _environmentFiles;
    private readonly ValueFlag<bool> _interactive;
    private readonly ValueFlag<bool> _privileged;
    private readonly ValueFlag<bool> _tty;
    private readonly ValueFlag<string> _user;
    private readonly ValueFlag<string> _directory;

    public ExecCommand()
    {
        _detach = Flags.Switch("detach", 'd', "Detached mode: run command in the background");
        _detachKeys = Flags.Text("detach-keys", '\0', "Override the key sequence for detaching a container");
        _environment = Flags.List("env", 'e', "Set environment variables", KeyValueFiles.CheckVariable);
        _environmentFiles = Flags.List("env-file", '\0', "Read in a file of environment variables");
        _interactive = Flags.Switch("interactive", 'i', "Keep STDIN open even if not attached");
        _privileged = Flags.Switch("privileged", '\0', "Give extended privileges to the command");
        _tty = Flags.Switch("tty", 't', "Allocate a pseudo-TTY");
        _user = Flags.Text("user", 'u', "Username or UID (format: \"<name|uid>[:<group|gid>]\")");
        _directory = Flags.Text("workdir", 'w', "Working directory inside the container");
    }

    public override string Usage => "exec [OPTIONS] CONTAINER COMMAND [ARG...]";

    public override string Summary => "Execute a command in a running container";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(2);

    public override IReadOnlyList<string> Aliases => ["container exec", "exec"];

    public override IReadOnlyList<string> Examples => ["boreal exec -it web sh", "boreal exec -e DEBUG=1 -w /srv web ls -l"];

    public override bool OptionsAnywhere => false;

    public override string ArgumentNoun => "container";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        // Asked first because an unknown container is a better answer than a missing terminal.
        await context.Client.Containers.InspectAsync(arguments[0], cancellationToken);
        if (!_detach.Value) RunCommand.CheckTerminal(context, _interactive.Value, _tty.Value);
        var keys = _detachKeys.Value.Length > 0 ? _detachKeys.Value : context.Configuration.DetachKeys;
        var size = _tty.Value && context.Terminal.Size is { } window ? new uint[] { window.Rows, window.Columns } : null;
        var exec = await context.Client.Execs.CreateAsync(arguments[0], Request(arguments, keys, size), cancellationToken);
        var start = new ExecStartRequest { Detach = _detach.Value, Tty = _tty.Value, ConsoleSize = size };
        if (_detach.Value)
        {
            await context.Client.Execs.StartDetachedAsync(exec, start, cancellationToken);
            return ExitCodes.Success;
        }

        return await RunAttachedAsync(context, exec, start, keys, cancellationToken);
    }

    private ExecCreateRequest Request(IReadOnlyList<string> arguments, string keys, uint[]? size) => new()
    {
        User = _user.Value,
        Privileged = _privileged.Value,
        Tty = _tty.Value,
        ConsoleSize = size,
        AttachStdin = !_detach.Value && _interactive.Value,
        AttachStdout = !_detach.Value,
        AttachStderr = !_detach.Value,
        DetachKeys = keys.Length > 0 ? keys : null,
        Env = KeyValueFiles.Environment(_environmentFiles.Values, _environment.Values),
        WorkingDir = _directory.Value,
        Cmd = [.. arguments.Skip(1)],
    };

    private async Task<int> RunAttachedAsync(CliContext context, string exec, ExecStartRequest start, string keys, CancellationToken cancellationToken)
    {
        var choice = new StreamChoice(_interactive.Value, true, true, _tty.Value, keys);
        await using var streams = new AttachedStreams(context, await context.Client.Execs.StartAsync(exec, start, cancellationToken), choice);
        using var window = _tty.Value && context.Terminal.OutputIsTerminal
            ? new WindowFollowing(context, (rows, columns) => context.Client.Execs.ResizeAsync(exec, rows, columns, CancellationToken.None)) : null;
        if (await streams.RunAsync(cancellationToken) is AttachOutcome.Detached) throw new CommandFailedException("read escape sequence");
        return (await context.Client.Execs.InspectAsync(exec, cancellationToken)).ExitCode ?? ExitCodes.Success;
    }
}
