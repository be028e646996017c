using Boreal.Build.Dockerfile.Instructions;
using Boreal.Build.Dockerfile.Lint;
using Boreal.Build.Graph;
using Boreal.Build.Sources;
using Boreal.BuildWire.Paths;
using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>Plans COPY and ADD.</summary>
internal sealed class CopyPlanner(PlanContext context, StageState stage, Linter lint)
{
    private const int InlineFileMode = 0b110_100_100;

    /// <exception cref="FormatException">The instruction's parts do not go together.</exception>
    public void Plan(CopyInstruction instruction, InstructionWords words, IReadOnlyList<StageState> sources)
    {
        var expanded = (CopyInstruction)Expand(instruction with { Owner = words.Expand(instruction.Owner), Mode = words.Expand(instruction.Mode) }, words);
        var from = sources.Count > 0 ? sources[0] : null;
        if (from is not null && !from.IsPlanned)
            throw new FormatException($"cannot copy from stage {GoText.Quote(instruction.From)}, it needs to be defined before current stage {GoText.Quote(stage.DisplayName)}");

        var template = Template(expanded);
        var provenance = new StepProvenance(context, stage).Next(instruction);
        var actions = new List<CopyAction>();
        foreach (var source in expanded.Sources)
        {
            if (GitReferenceReader.Read(source) is { MayBeLocal: false }) throw new FormatException("source can't be a git ref for COPY");
            if (RemoteFile.IsUrl(source)) throw new FormatException("source can't be a URL for COPY");
            if (from is null) CheckIgnored(instruction, "Copy", source);
            actions.Add(new CopySources(template, from is null ? context.MainContext : from.State.Tree).Make(source, expanded.KeepsParents, unpacks: false));
            (from?.UsedPaths ?? context.ContextPaths).Add(source);
        }
        Finish(expanded, actions, template, provenance);
    }

    /// <exception cref="FormatException">The instruction's parts do not go together.</exception>
    public void Plan(AddInstruction instruction, InstructionWords words)
    {
        var named = instruction with { Owner = words.Expand(instruction.Owner), Mode = words.Expand(instruction.Mode), Checksum = words.Expand(instruction.Checksum) };
        var expanded = (AddInstruction)Expand(named, words);
        var template = Template(expanded);
        CheckChecksum(expanded);
        var provenance = new StepProvenance(context, stage).Next(instruction);
        var actions = new List<CopyAction>();
        foreach (var source in expanded.Sources)
        {
            if (RemoteFile.TryPlan(source, expanded, provenance) is { } remote)
            {
                actions.Add(template with { Source = remote.Source, SourcePath = remote.Path, Unpacks = remote.Source is HttpOperation && (expanded.Unpacks ?? false) });
            }
            else
            {
                CheckIgnored(instruction, "Add", source);
                actions.Add(new CopySources(template, context.MainContext).Make(source, keepsParents: false, unpacks: expanded.Unpacks ?? true));
            }
            if (!RemoteFile.HasWebScheme(source)) context.ContextPaths.Add(source);
        }
        Finish(expanded, actions, template, provenance);
    }

    private static TransferInstruction Expand(TransferInstruction instruction, InstructionWords words) => instruction with
    {
        Sources = words.Expand(instruction.Sources),
        Destination = words.Expand(instruction.Destination),
        InlineFiles = [.. instruction.InlineFiles.Select(words.Expand)],
    };

    private CopyAction Template(TransferInstruction instruction)
    {
        var (mode, change) = FileModes.Read(instruction.Mode);
        return new CopyAction
        {
            SourcePath = "/",
            Destination = ImagePath.ResolveFolder(stage.State.Directory, instruction.Destination),
            Owner = instruction.Owner.Length > 0 ? FileOwner.Parse(instruction.Owner) : null,
            ExcludedPatterns = instruction.Excludes,
            Mode = mode,
            ModeChange = change,
        };
    }

    private static void CheckChecksum(AddInstruction instruction)
    {
        if (instruction.Checksum.Length == 0) return;
        if (instruction.Sources is not [var source]) throw new FormatException("checksum can't be specified for multiple sources");
        if (!RemoteFile.IsUrl(source) && GitReferenceReader.Read(source) is null) throw new FormatException("checksum requires HTTP(S) or Git sources");
    }

    // A pattern that brings files back may bring back some below an ignored folder: then nothing is known.
    private void CheckIgnored(TransferInstruction instruction, string verb, string source)
    {
        if (context.Ignored.Patterns.Count == 0 || context.Ignored.HasNegations) return;
        var path = SlashPath.Clean(source);
        if (path is "." or "/" && !context.Ignored.Patterns.Any(pattern => pattern.Text is "*" or "**" or "**/*")) return;
        if (context.Ignored.Matches(path))
            lint.Warn(LintRules.CopyIgnoredFile, instruction.Lines, $"Attempting to {verb} file {GoText.Quote(path)} that is excluded by .dockerignore");
    }

    private void Finish(TransferInstruction instruction, List<CopyAction> actions, CopyAction template, Provenance provenance)
    {
        actions.AddRange(instruction.InlineFiles.Select(file => template with { Source = InlineTree(file), SourcePath = SlashPath.Join("/", file.Name) }));
        stage.State = stage.State with { Tree = Result(instruction, actions, provenance) };
        stage.Draft = stage.Draft.WithHistory(History(instruction), context.Epoch, makesLayer: true);
    }

    private Operation Result(TransferInstruction instruction, IReadOnlyList<CopyAction> actions, Provenance provenance)
    {
        var isLinked = instruction.IsLinked && instruction.Mode.Length == 0;
        var copied = new FileOperation
        {
            Base = isLinked ? null : stage.State.Tree,
            Actions = actions,
            IgnoresCache = stage.IgnoresCache,
            Provenance = provenance,
        };
        if (!isLinked || stage.State.Tree is not { } below) return copied;
        var steps = new StepProvenance(context, stage);
        return new MergeOperation
        {
            Lower = below,
            Upper = copied,
            IgnoresCache = stage.IgnoresCache,
            Provenance = steps.Same(instruction, "LINK " + steps.Text(instruction)),
        };
    }

    private static FileOperation InlineTree(InlineFile file) => new()
    {
        Actions = [new WriteFileAction(SlashPath.Join("/", file.Name), InlineFileMode, file.Content)],
        Provenance = new Provenance("[internal] preparing inline document"),
    };

    private static string History(TransferInstruction instruction)
    {
        var words = new List<string> { instruction is AddInstruction ? "ADD" : "COPY" };
        if (instruction is CopyInstruction { KeepsParents: true }) words.Add("--parents");
        if (instruction.Owner.Length > 0) words.Add("--chown=" + instruction.Owner);
        if (instruction.Mode.Length > 0) words.Add("--chmod=" + instruction.Mode);
        words.AddRange(instruction.Sources);
        words.AddRange(instruction.InlineFiles.Select(file => "<<" + file.Name));
        return $"{string.Join(' ', words)} {instruction.Destination} # buildkit";
    }
}
