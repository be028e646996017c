using Boreal.Build.Dockerfile.Expansion;
using Boreal.Build.Dockerfile.Instructions;
using Boreal.Build.Dockerfile.Syntax;
using Boreal.Build.Graph;
using Boreal.BuildWire.Paths;
using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>Plans RUN.</summary>
internal sealed class RunPlanner(PlanContext context, StageState stage, PlannedInstruction planned)
{
    private const string ScriptFolder = "/dev/pipes/";
    private const string AgentVariable = "SSH_AUTH_SOCK";
    private const int ScriptMode = 0b111_101_101;

    private readonly RunMountPlanner _mounts = new(context, stage);

    public void Plan(RunInstruction instruction, InstructionWords words)
    {
        // A program may read anything of the stage.
        stage.UsedPaths.AddAll();
        var mounts = instruction.Mounts.Select(mount => RunMountReader.Read(mount, words.Expand)).ToList();
        var arguments = Arguments(instruction, out var name);
        if (arguments.Count == 0) throw new FormatException("arguments are required");
        for (var i = 0; i < mounts.Count; i++)
            _mounts.Add(mounts[i], planned.Sources[i], instruction.Lines);
        if (context.Options.ShmSize > 0) _mounts.AddSharedMemory(context.Options.ShmSize);

        var environment = stage.State.Environment;
        var provenance = new StepProvenance(context, stage).Next(instruction, Display(name, mounts));
        stage.State = stage.State with
        {
            Tree = new RunOperation
            {
                Root = stage.State.Tree,
                Arguments = arguments,
                Environment = WithAgent(environment).Assignments,
                WorkingDirectory = stage.State.Directory,
                User = stage.State.User,
                HostName = stage.State.HostName,
                Mounts = _mounts.Points,
                SecretVariables = _mounts.SecretVariables,
                Network = instruction.Network switch { "none" => RunNetwork.None, "host" => RunNetwork.Host, _ => stage.State.Network },
                IsInsecure = instruction.Security == "insecure",
                Devices = [.. instruction.Devices.Select(device => new DeviceRequest(device.Name, !device.IsRequired))],
                Limits = context.Options.Limits,
                Hosts = context.Options.Hosts,
                ProxyVariables = ProxyVariables.From(context.Options.BuildArguments),
                Platform = stage.Platform ?? context.TargetPlatform,
                IgnoresCache = stage.IgnoresCache,
                Provenance = provenance,
            },
        };
        stage.Draft = stage.Draft.WithHistory($"RUN {History(arguments, environment)} # buildkit", context.Epoch, makesLayer: true);
    }

    private IReadOnlyList<string> Arguments(RunInstruction instruction, out string name)
    {
        var command = instruction.Command;
        var arguments = command.Arguments;
        name = instruction.Code;
        if (command.Heredocs.Count > 0)
        {
            if (arguments is not [var line] || !command.ForShell) throw new FormatException($"parsing produced an invalid run command: {GoText.List(arguments)}");
            if (HeredocReader.FindValid(line) is null) return ShellCommand.Wrap(stage.Draft, [WithDocuments(line, command.Heredocs)]);

            var document = command.Heredocs[0];
            name += $" ({Summary(document.Content)})";
            if (document.Text.StartsWith("#!", StringComparison.Ordinal))
                return ShellCommand.Wrap(stage.Draft, [AddScript(document)]);
            arguments = [document.Text];
        }
        return command.ForShell ? ShellCommand.Wrap(stage.Draft, arguments) : arguments;
    }

    /// <summary>A document with a program of its own is a file, which the shell starts.</summary>
    private string AddScript(Heredoc document)
    {
        var script = new FileOperation
        {
            Actions = [new WriteFileAction(SlashPath.Join("/", document.Name), ScriptMode, document.Text)],
            Provenance = new Provenance("[internal] preparing inline document"),
        };
        _mounts.Add(new MountPoint { Kind = MountKind.Bind, Target = ScriptFolder, Source = script, IsReadOnly = true });
        return SlashPath.Join(ScriptFolder, document.Name);
    }

    // The shell knows heredocs itself, so it gets them back as they were written.
    private static string WithDocuments(string line, IReadOnlyList<Heredoc> documents) =>
        line + string.Concat(documents.Select(document => $"\n{document.Content}{document.Name}"));

    private static string Summary(string document)
    {
        var lines = document.Trim().Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        return lines.Length > 1 ? lines[0] + "..." : lines[0];
    }

    private Variables WithAgent(Variables environment) =>
        _mounts.AgentSocket is { } socket && !environment.TryGet(AgentVariable, out _) ? environment.Set(AgentVariable, socket) : environment;

    private string Display(string name, IReadOnlyList<RunMount> mounts)
    {
        var shown = stage.State.Environment;
        foreach (var mount in mounts.Where(mount => mount is { Kind: RunMountKind.Secret, Variable: not null }))
            shown = shown.Set(mount.Variable ?? "", "****");
        return StepProvenance.Text(name, context.Expander.ExpandShown(name, shown));
    }

    private string History(IReadOnlyList<string> arguments, Variables environment)
    {
        var values = new Dictionary<string, string>();
        var names = new List<string>();
        foreach (var argument in stage.Arguments)
        {
            if (!values.ContainsKey(argument.Name)) names.Add(argument.Name);
            values[argument.Name] = environment.TryGet(argument.Name, out var value) ? value : argument.Value ?? "";
        }
        var command = string.Join(' ', arguments);
        return names.Count == 0 ? command : $"|{names.Count} {string.Join(' ', names.Select(name => $"{name}={values[name]}"))} {command}";
    }
}
