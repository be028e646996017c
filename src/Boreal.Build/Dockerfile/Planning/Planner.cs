using System.Globalization;
using Boreal.Build.Dockerfile.Expansion;
using Boreal.Build.Dockerfile.Lint;
using Boreal.Build.Dockerfile.Outline;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Dockerfile.Stages;
using Boreal.Build.Dockerfile.Syntax;
using Boreal.Build.Graph;
using Boreal.BuildWire.Ignore;
using Boreal.Notation;
using Boreal.Oci.References;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>
/// A Dockerfile to a planned target: (1) read, (2) global arguments, (3) stages, (4) base images, with what their ONBUILDs add,
/// (5) the stages' instructions.
/// </summary>
internal sealed class Planner(FrontendOptions options, IPlanSources sources, Linter lint)
{
    private const string EpochName = "SOURCE_DATE_EPOCH";

    private PlanContext? _context;

    public PlanContext Context => _context ?? throw new InvalidOperationException("nothing is planned yet");

    /// <exception cref="DockerfileException">The Dockerfile is wrong, or something it names can't be had.</exception>
    public async Task<StageState> PlanAsync(string text, bool allStages, CancellationToken cancellationToken)
    {
        var tree = SyntaxReader.Read(text);                                                                  // (1)
        foreach (var lines in tree.EmptyContinuations)
            lint.Warn(LintRules.NoEmptyContinuation, lines, "Empty continuation line");
        var file = StageReader.Read(tree, lint);
        if (file.Stages.Count == 0) throw new DockerfileException("dockerfile contains no stages to build");
        StageRules.Check(file.Stages, lint);

        var expander = new BoundedExpander(tree.Escape);
        var (context, globals) = MakeContext(file, expander, allStages);                                     // (2)
        _context = context;
        var graph = new StageGraph(expander);                                                                // (3)
        new StageMaker(context, globals, graph).AddAll(file.Stages);
        var target = graph.FindTarget(options.Target);
        graph.Connect();

        var needed = await ResolveAsync(context, graph, target, cancellationToken);                          // (4)
        foreach (var stage in graph.Stages.Where(stage => allStages || (needed.Contains(stage) && !stage.IsPlanned)).ToList())
            new StagePlanner(context, stage).Plan();                                                         // (5)
        Finish(graph, target);
        return target;
    }

    private (PlanContext Context, OutlineRecord Globals) MakeContext(StageList file, BoundedExpander expander, bool allStages)
    {
        var target = options.TargetPlatform ?? options.BuildPlatform;
        var stage = options.Target.Length > 0 ? options.Target : file.Stages[^1].Name;
        var defaults = GlobalArguments.Defaults(options.BuildPlatform, target, stage, options.BuildArguments);
        CheckDefaults(file, expander, defaults);
        var (values, globals) = GlobalArguments.Add(defaults, file.GlobalArguments, expander, options.BuildArguments);
        var context = new PlanContext
        {
            Options = options,
            Sources = sources,
            Lint = lint,
            Expander = expander,
            GlobalArguments = values,
            TargetPlatform = target,
            Epoch = ReadEpoch(values),
            AllStages = allStages,
            Ignored = ReadIgnored(),
            NamedContexts = new NamedContexts(options, sources),
        };
        return (context, globals);
    }

    /// <summary>A base image's name has to be valid also for somebody who gives no arguments.</summary>
    private void CheckDefaults(StageList file, BoundedExpander expander, Variables defaults)
    {
        Variables values;
        try
        {
            (values, _) = GlobalArguments.Add(defaults, file.GlobalArguments, expander, new Dictionary<string, string>());
        }
        catch (DockerfileException)
        {
            // Reading the arguments with the given values tells of the same error, or there is none.
            return;
        }
        foreach (var stage in file.Stages)
        {
            var name = expander.Expand(stage.Base, values);
            if (name.Error is not null) return;
            if (!ImageReference.TryParse(name.Text, out _))
                lint.Warn(LintRules.InvalidDefaultArgInFrom, stage.Lines, $"Default value for ARG {stage.Base} results in empty or invalid base image name");
        }
    }

    private PatternMatcher ReadIgnored()
    {
        try
        {
            return PatternMatcher.Parse(options.IgnoredPatterns);
        }
        catch (FormatException exception)
        {
            throw new DockerfileException(exception.Message, [], exception);
        }
    }

    private DateTimeOffset? ReadEpoch(Variables globals)
    {
        var text = options.BuildArguments.GetValueOrDefault(EpochName) ?? (globals.TryGet(EpochName, out var value) ? value : "");
        if (text.Length == 0) return null;
        var isTime = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds);
        return isTime && seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new DockerfileException($"invalid {EpochName}: {text}: strconv.ParseInt: parsing {GoText.Quote(text)}: invalid syntax");
    }

    /// <summary>Triggers of base images may need further images, which may have triggers.</summary>
    private static async Task<IReadOnlySet<StageState>> ResolveAsync(PlanContext context, StageGraph graph, StageState target, CancellationToken cancellationToken)
    {
        while (true)
        {
            var needed = StageGraph.Reachable(target).ToHashSet();
            await new BaseResolver(context, graph).ResolveAsync(needed, cancellationToken);
            var addedUses = false;
            foreach (var stage in graph.Stages.Where(needed.Contains).ToList())
            {
                stage.Inherit();
                addedUses |= TriggerPlanner.Add(stage, graph);
            }
            if (!addedUses) return needed;
        }
    }

    private void Finish(StageGraph graph, StageState target)
    {
        target.UsedPaths.AddAll();
        foreach (var (name, value) in options.Labels.OrderBy(label => label.Key, StringComparer.Ordinal))
            target.Draft = target.Draft.WithLabel(name, value);
        lint.ThrowIfFailed();
        Context.ContextPaths.Close();
        foreach (var stage in graph.Stages)
            stage.UsedPaths.Close();
        target.Draft = target.Draft with { Platform = ResultPlatform(target.Draft.Platform).Normalized };
    }

    private BuildPlatform ResultPlatform(BuildPlatform image)
    {
        if (options.TargetPlatform is not { } wanted) return image;
        var isSame = wanted.Os == image.Os && wanted.Architecture == image.Architecture;
        return new BuildPlatform(
            wanted.Os,
            wanted.Architecture,
            wanted.Variant.Length > 0 || !isSame ? wanted.Variant : image.Variant,
            wanted.OsVersion.Length > 0 || !isSame ? wanted.OsVersion : image.OsVersion);
    }
}
