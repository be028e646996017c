using System.Collections.Immutable;
using Boreal.Build.Dockerfile.Instructions;
using Boreal.Build.Dockerfile.Lint;
using Boreal.Build.Graph;
using Boreal.BuildWire.Paths;
using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>Plans instructions that change the image's configuration; of them only WORKDIR touches files.</summary>
internal sealed class MetadataPlanner(PlanContext context, StageState stage)
{
    private const int FolderMode = 0b111_101_101;

    public void Plan(Instruction instruction, InstructionWords words, Linter lint)
    {
        switch (instruction)
        {
            case EnvInstruction env:
                PlanEnv(env, words, lint);
                break;
            case LabelInstruction label:
                PlanLabel(label, words, lint);
                break;
            case MaintainerInstruction { Maintainer: var name }:
                Commit(stage.Draft with { Author = name }, $"MAINTAINER {name}");
                break;
            case WorkdirInstruction workdir:
                PlanWorkdir(workdir, words.Expand(workdir.Path), lint);
                break;
            case UserInstruction user:
                PlanUser(words.Expand(user.User));
                break;
            case VolumeInstruction volume:
                PlanVolume(words.Expand(volume.Paths));
                break;
            case StopSignalInstruction signal:
                PlanStopSignal(words.Expand(signal.Signal));
                break;
            case ShellInstruction { Shell: var shell }:
                Commit(stage.Draft with { Shell = shell }, $"SHELL {GoText.List(shell)}");
                break;
            case OnBuildInstruction { Trigger: var trigger }:
                stage.Draft = stage.Draft with { Triggers = stage.Draft.Triggers.Add(trigger) };
                break;
            default:
                PlanProgram(instruction, lint);
                break;
        }
    }

    /// <summary>Relative paths start from the directory before.</summary>
    public string SetDirectory(string path)
    {
        var directory = ImagePath.Resolve(stage.Draft.WorkingDirectory, path);
        stage.Draft = stage.Draft with { WorkingDirectory = directory };
        stage.State = stage.State with { Directory = directory };
        return directory;
    }

    private void PlanEnv(EnvInstruction instruction, InstructionWords words, Linter lint)
    {
        var draft = stage.Draft;
        var pairs = words.Expand(instruction.Variables);
        foreach (var pair in pairs)
        {
            if (pair.IsOldForm) WarnOldForm(instruction, lint);
            InstructionRules.CheckSecret("ENV", pair.Key, instruction.Lines, lint);
            stage.State = stage.State with { Environment = stage.State.Environment.Set(pair.Key, pair.Value) };
            draft = draft.WithVariable(pair.Key, pair.Value);
        }
        Commit(draft, $"ENV {string.Join(' ', pairs)}");
    }

    private void PlanLabel(LabelInstruction instruction, InstructionWords words, Linter lint)
    {
        var draft = stage.Draft;
        var pairs = words.Expand(instruction.Labels);
        foreach (var pair in pairs)
        {
            if (pair.IsOldForm) WarnOldForm(instruction, lint);
            draft = draft.WithLabel(pair.Key, pair.Value);
        }
        Commit(draft, $"LABEL {string.Join(' ', pairs)}");
    }

    private void PlanWorkdir(WorkdirInstruction instruction, string path, Linter lint)
    {
        if (!stage.HasWorkdir && !SlashPath.IsAbsolute(path))
            lint.Warn(LintRules.WorkdirRelativePath, instruction.Lines, $"Relative workdir {GoText.Quote(path)} can have unexpected results if the base image changes");
        stage.HasWorkdir = true;

        var directory = SetDirectory(path);
        var makesLayer = directory != "/";
        if (makesLayer)
        {
            var user = stage.Draft.User;
            var action = new MakeDirectoryAction(SlashPath.Clean(directory), FolderMode) { Owner = user.Length > 0 ? FileOwner.Parse(user) : null, Created = context.Epoch };
            stage.State = stage.State with
            {
                Tree = new FileOperation
                {
                    Base = stage.State.Tree,
                    Actions = [action],
                    Provenance = new StepProvenance(context, stage).Next(instruction),
                },
            };
        }
        stage.Draft = stage.Draft.WithHistory($"WORKDIR {directory}", context.Epoch, makesLayer);
    }

    private void PlanUser(string user)
    {
        stage.State = stage.State with { User = user };
        Commit(stage.Draft with { User = user }, $"USER {user}");
    }

    private void PlanVolume(IReadOnlyList<string> paths)
    {
        if (paths.Contains("")) throw new FormatException("VOLUME specified can not be an empty string");
        var volumes = (stage.Draft.Volumes ?? ImmutableSortedSet.Create<string>(StringComparer.Ordinal)).Union(paths);
        Commit(stage.Draft with { Volumes = volumes }, $"VOLUME {GoText.List(paths)}");
    }

    private void PlanStopSignal(string signal)
    {
        if (!SignalNames.IsValid(signal)) throw new FormatException($"invalid signal: {signal}");
        Commit(stage.Draft with { StopSignal = signal }, $"STOPSIGNAL {signal}");
    }

    private void PlanProgram(Instruction instruction, Linter lint)
    {
        switch (instruction)
        {
            case CmdInstruction cmd:
                WarnRepeated(stage.LastCmd, instruction, lint);
                stage.LastCmd = instruction;
                var arguments = Arguments(instruction, cmd.Command, lint);
                Commit(stage.Draft with { Cmd = arguments, ArgumentsEscaped = true }, $"CMD {GoText.Quote(arguments)}");
                break;
            case EntrypointInstruction entrypoint:
                WarnRepeated(stage.LastEntrypoint, instruction, lint);
                stage.LastEntrypoint = instruction;
                var program = Arguments(instruction, entrypoint.Command, lint);
                // A CMD of the base was meant for the base's entrypoint.
                var kept = stage.LastCmd is null ? null : stage.Draft.Cmd;
                Commit(stage.Draft with { Entrypoint = program, Cmd = kept }, $"ENTRYPOINT {GoText.Quote(program)}");
                break;
            case HealthCheckInstruction { Check: var check }:
                WarnRepeated(stage.LastHealthCheck, instruction, lint);
                stage.LastHealthCheck = instruction;
                var text = $"{{Test:{GoText.List(check.Test ?? [])} Interval:{GoDuration.Format(check.Interval)} Timeout:{GoDuration.Format(check.Timeout)} " +
                    $"StartPeriod:{GoDuration.Format(check.StartPeriod)} StartInterval:{GoDuration.Format(check.StartInterval)} Retries:{check.Retries}}}";
                Commit(stage.Draft with { HealthCheck = check }, $"HEALTHCHECK {text}");
                break;
            default:
                throw new InvalidOperationException($"{instruction.Keyword} is no instruction of a stage");
        }
    }

    private IReadOnlyList<string> Arguments(Instruction instruction, CommandLine command, Linter lint)
    {
        if (!command.ForShell) return command.Arguments;
        if (stage.Draft.Shell is not { Count: > 0 })
        {
            lint.Warn(
                LintRules.JsonArgsRecommended, instruction.Lines,
                $"JSON arguments recommended for {instruction.Keyword} to prevent unintended behavior related to OS signals");
        }
        return ShellCommand.Wrap(stage.Draft, command.Arguments);
    }

    private static void WarnOldForm(Instruction instruction, Linter lint)
    {
        var name = instruction.Keyword;
        lint.Warn(LintRules.LegacyKeyValueFormat, instruction.Lines, $"\"{name} key=value\" should be used instead of legacy \"{name} key value\" format");
    }

    // The one before is the one that has no effect.
    private static void WarnRepeated(Instruction? before, Instruction instruction, Linter lint)
    {
        if (before is null) return;
        lint.Warn(
            LintRules.MultipleInstructionsDisallowed, before.Lines,
            $"Multiple {instruction.Keyword} instructions should not be used in the same stage because only the last one will be used");
    }

    private void Commit(ImageDraft draft, string history) => stage.Draft = draft.WithHistory(history, context.Epoch);
}
