using Boreal.Build.Dockerfile.Expansion;
using Boreal.Build.Dockerfile.Lint;
using Boreal.Build.Graph;
using Boreal.BuildWire.Ignore;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>What all stages of one plan share.</summary>
internal sealed record PlanContext
{
    public required FrontendOptions Options { get; init; }

    public required IPlanSources Sources { get; init; }

    public required Linter Lint { get; init; }

    public required BoundedExpander Expander { get; init; }

    /// <summary>Platform arguments and those in front of the first FROM.</summary>
    public required Variables GlobalArguments { get; init; }

    public required BuildPlatform TargetPlatform { get; init; }

    public DateTimeOffset? Epoch { get; init; }

    /// <summary>Plans stages too that the target does not need.</summary>
    public bool AllStages { get; init; }

    public required PatternMatcher Ignored { get; init; }

    /// <summary>What the plan reads of the main context.</summary>
    public UsedPaths ContextPaths { get; } = new();

    public required NamedContexts NamedContexts { get; init; }

    /// <summary>The files of COPY and ADD.</summary>
    public Operation MainContext => field ??= Options.MainContext ?? new LocalOperation
    {
        Name = LocalContextName,
        SharedKey = LocalContextName,
        FollowedPaths = ContextPaths.Followed,
        ExcludedPatterns = Options.IgnoredPatterns,
        Provenance = new Provenance("[internal] load build context"),
    };

    private const string LocalContextName = "context";
}
