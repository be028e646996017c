using System.Collections.Concurrent;
using Boreal.Build.Building;
using Boreal.Build.Builds;
using Boreal.Build.Dockerfile;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Exchange;
using Boreal.Build.Graph;
using Boreal.Build.Progress;
using Boreal.Engine.Layers;
using Boreal.Oci.Content;

namespace Boreal.Build.Solving;

/// <summary>
/// One build being solved, which may be several plans: every operation at most once, and what its solving needs of the build around it.
/// </summary>
internal sealed class SolveScope(BuildSurroundings surroundings, IReadOnlySet<string> entitlements, BuildLayers layers)
{
    private readonly ConcurrentDictionary<OperationId, Lazy<Task<SolvedTree>>> _solved = new();
    private readonly ConcurrentDictionary<OperationId, BuildStep> _steps = new();

    public BuildSurroundings Surroundings => surroundings;

    public IBuildClient Client => surroundings.Client;

    public BuildHoldings Holdings => surroundings.Holdings;

    public IReadOnlySet<string> Entitlements { get; } = entitlements;

    /// <summary>What caches elsewhere know; null when the build names none.</summary>
    public ImportedCache? Imported { get; set; }

    /// <summary>The steps so far that have a layer of their own.</summary>
    public ConcurrentQueue<ExportedStep> Steps { get; } = new();

    /// <summary>What of other builds this one uses; null for nothing.</summary>
    public InputResults? Inputs { get; init; }

    /// <summary>What programs are connected to that ask for no network of their own.</summary>
    public string Network { get; init; } = "bridge";

    /// <summary>What failures show of; null as long as it is on its way here.</summary>
    public DockerfileText? File { get; set; }

    /// <summary>Tells the client which steps there will be.</summary>
    public void Announce(IReadOnlyList<Operation> operations)
    {
        foreach (var operation in operations.Where(operation => !_steps.ContainsKey(operation.Id)))
        {
            var name = operation.Provenance.Name;
            _steps[operation.Id] = surroundings.Progress.Announce(IdOf(operation), name, [.. operation.Inputs.Select(IdOf)]);
        }
    }

    public BuildStep StepOf(Operation operation) => _steps[operation.Id];

    public Task<SolvedTree> Once(Operation operation, Func<Task<SolvedTree>> solve) =>
        _solved.GetOrAdd(operation.Id, _ => new Lazy<Task<SolvedTree>>(solve)).Value;

    /// <summary>Keeps layers, which the caller counts as used no longer, until the build is over.</summary>
    public void HoldUsed(IReadOnlyList<Digest> used) => Holdings.Add(() => layers.Release(used));

    /// <summary>Keeps layers until the build is over.</summary>
    public void Hold(IReadOnlyList<Digest> wanted)
    {
        layers.Use(wanted);
        HoldUsed(wanted);
    }

    /// <summary>A failure of an operation, with the place in the file that its user has to look at.</summary>
    public BuildException Failure(Operation operation, string message, Exception? cause = null, int? exitCode = null) => new(message, cause)
    {
        ExitCode = exitCode,
        MissingPath = (cause as BuildException)?.MissingPath,
        Step = IdOf(operation),
        Excerpt = operation.Provenance.Origin is LineRange lines && File is { } file
            ? new Progress.SourceExcerpt(file.FileName, System.Text.Encoding.UTF8.GetBytes(file.Text), [new SourceRange(lines.Start, lines.End)])
            : null,
    };

    /// <summary>The name of an operation's step.</summary>
    public static string IdOf(Operation operation) => "sha256:" + operation.Id.Value;
}
