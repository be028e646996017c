using System.Globalization;
using Boreal.Build.Dockerfile.Expansion;
using Boreal.Build.Dockerfile.Instructions;
using Boreal.Build.Dockerfile.Outline;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Dockerfile.Stages;
using Boreal.Build.Dockerfile.Syntax;
using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>All stages by name and number, and who uses whom.</summary>
internal sealed class StageGraph(BoundedExpander expander)
{
    private const string EmptyImage = "scratch";
    private readonly List<StageState> _stages = [];
    // By lower-case name: FROM has to write it so, other instructions need not.
    private readonly Dictionary<string, StageState> _byName = [];

    public IReadOnlyList<StageState> Stages => _stages;

    public IEnumerable<string> Names => _stages.Select(stage => stage.DisplayName).Where(name => name.Length > 0);

    /// <summary>The stage, what it is based on and what it uses, each once.</summary>
    public static IReadOnlyList<StageState> Reachable(StageState target)
    {
        var found = new List<StageState>();
        var seen = new HashSet<StageState> { target };
        var pending = new Stack<StageState>([target]);
        while (pending.TryPop(out var stage))
        {
            found.Add(stage);
            foreach (var used in stage.Dependencies.Keys.Append(stage.BaseStage).OfType<StageState>().Where(seen.Add).Reverse())
                pending.Push(used);
        }
        return found;
    }

    public void Add(StageState stage)
    {
        _stages.Add(stage);
        if (stage.Context is null && _byName.TryGetValue(stage.Base, out var parent))
        {
            stage.BaseStage = parent;
            stage.Outline = parent.Outline.Copy();
        }
        if (stage.Name.Length > 0) _byName[stage.Name] = stage;
    }

    /// <exception cref="DockerfileException">There is no such stage.</exception>
    public StageState FindTarget(string name)
    {
        if (name.Length == 0) return _stages[^1];
        return _byName.TryGetValue(name.ToLowerInvariant(), out var stage) ? stage
            : throw new DockerfileException(Suggestion.Append($"target stage {GoText.Quote(name)} could not be found", Suggestion.For(name, Names)));
    }

    /// <summary>Connects all instructions to the stages they use. Images and contexts they name become stages too.</summary>
    public void Connect()
    {
        // What is connected adds to the list, and has no instructions itself.
        foreach (var stage in _stages.ToList())
        {
            foreach (var instruction in stage.Stage.Instructions)
                stage.Instructions.Add(Connect(stage, instruction));
        }
        CheckCircles();
        if (_stages.Count == 1) _stages[0].DisplayName = "";
    }

    /// <exception cref="FormatException">The instruction names a stage in a way that it can't.</exception>
    public PlannedInstruction Connect(StageState stage, Instruction instruction)
    {
        IReadOnlyList<StageState> sources = instruction switch
        {
            CopyInstruction { From.Length: > 0 } copy => [FindSource(copy)],
            RunInstruction run => [.. run.MountSources.Select(from => FindOrMake(from ?? EmptyImage, default))],
            _ => [],
        };
        foreach (var source in sources)
        {
            stage.Dependencies[source] = instruction;
            if (source.IsImplicit) Add(source);
        }
        return new PlannedInstruction(instruction, sources);
    }

    private StageState FindSource(CopyInstruction copy)
    {
        var expanded = expander.Expand(copy.From, Variables.Empty);
        if (expanded.Error is { } error) throw new DockerfileException(error);
        if (expanded.Text != copy.From)
            throw new DockerfileException("variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround");
        if (!int.TryParse(copy.From, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)) return FindOrMake(copy.From, copy.Lines);
        return index >= 0 && index < _stages.Count ? _stages[index] : throw new DockerfileException($"invalid stage index {index}");
    }

    private StageState FindOrMake(string name, LineRange lines)
    {
        if (_byName.TryGetValue(name.ToLowerInvariant(), out var known)) return known;
        var statement = new Statement { Keyword = "FROM", Original = $"FROM {name}", Lines = lines };
        return new StageState(new Stage { From = statement, Base = name }, new OutlineRecord()) { IsImplicit = true };
    }

    private void CheckCircles()
    {
        var done = new HashSet<StageState>();
        foreach (var stage in _stages)
        {
            if (FindCircle(stage, done) is not { } circle) continue;
            throw new DockerfileException($"circular dependency detected on stage: {stage.DisplayName}", [.. circle.Select(instruction => instruction.Lines)]);
        }
    }

    // Depth first with a stack of our own: a Dockerfile may have as many stages as lines.
    private static List<Instruction>? FindCircle(StageState start, HashSet<StageState> done)
    {
        if (!done.Add(start)) return null;
        var onPath = new HashSet<StageState> { start };
        var path = new Stack<(StageState Stage, IEnumerator<KeyValuePair<StageState, Instruction>> Uses)>();
        path.Push((start, start.Dependencies.GetEnumerator()));
        while (path.TryPeek(out var top))
        {
            if (!top.Uses.MoveNext())
            {
                onPath.Remove(path.Pop().Stage);
                continue;
            }
            var used = top.Uses.Current.Key;
            if (onPath.Contains(used)) return [.. path.Reverse().Select(step => step.Uses.Current.Value)];
            if (!done.Add(used)) continue;
            onPath.Add(used);
            path.Push((used, used.Dependencies.GetEnumerator()));
        }
        return null;
    }
}
