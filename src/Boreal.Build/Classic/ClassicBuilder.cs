using Boreal.Build.Building;
using Boreal.Build.Builds;
using Boreal.Build.Caching;
using Boreal.Build.Contexts;
using Boreal.Build.Dockerfile;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Exporting;
using Boreal.Build.Graph;
using Boreal.Build.Progress;
using Boreal.Build.Solving;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Engine.Layers;
using Boreal.Oci.References;

namespace Boreal.Build.Classic;

/// <summary>Builds from an uploaded archive and tells it in the words of Docker's first builder: <c>POST /build</c>.</summary>
internal sealed class ClassicBuilder
{
    private const string UsualNetwork = "bridge";
    private const string ParseFailure = "dockerfile parse error";
    private const string EmptyFile = "the Dockerfile cannot be empty";
    private const string StepFailure = "did not complete successfully: ";

    private readonly ContextStore _contexts;
    private readonly DockerfilePlanning _planning;
    private readonly PlanSolver _solver;
    private readonly BuildLayers _layers;
    private readonly ImageStore _images;
    private readonly ImageExporter _exporter;
    private readonly CacheCollector _collector;
    private readonly ToldImages _told = new();

    public ClassicBuilder(ContextStore contexts, DockerfilePlanning planning, PlanSolver solver, BuildLayers layers, ImageStore images, ImageExporter exporter, CacheCollector collector) =>
        (_contexts, _planning, _solver, _layers, _images, _exporter, _collector) = (contexts, planning, solver, layers, images, exporter, collector);

    /// <summary>(1) Unpacks the context, (2) plans, (3) solves and tells, (4) names the image.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="archive">The context, plain or compressed.</param>
    /// <param name="output">Told nothing before the plan is made: until then a failure is the request's.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <exception cref="EngineException">The request is wrong.</exception>
    /// <exception cref="BuildException">The build failed.</exception>
    public async Task BuildAsync(ClassicRequest request, Stream archive, IClassicOutput output, CancellationToken cancellationToken)
    {
        var names = request.Names.Select(Parse).ToList();
        // Builds of one name are of one context, more or less. What it was the last time is compared, not believed.
        using var kept = _contexts.Open($"upload:{string.Join(',', names)}", $"upload of {string.Join(", ", names)}");
        var folder = await new ContextUpload(kept).ReceiveAsync(archive, cancellationToken);                                              // (1)
        var surroundings = new BuildSurroundings(new UploadedContext(folder), new BuildProgress(_exporter.Clock));
        surroundings.Holdings.Add(_collector.Request);
        using (surroundings.Holdings)
            await (request.IsQuiet ? BuildQuietlyAsync(request, names, surroundings, output, cancellationToken) : BuildAsync(request, names, surroundings, output, cancellationToken));
    }

    private async Task BuildQuietlyAsync(ClassicRequest request, List<ImageReference> names, BuildSurroundings surroundings, IClassicOutput output, CancellationToken cancellationToken)
    {
        var kept = new QuietOutput();
        try
        {
            output.Stream(await BuildAsync(request, names, surroundings, kept, cancellationToken) + "\n");
        }
        catch (BuildException)
        {
            kept.TellTo(output);
            throw;
        }
    }

    private async Task<string> BuildAsync(ClassicRequest request, List<ImageReference> names, BuildSurroundings surroundings, IClassicOutput output, CancellationToken cancellationToken)
    {
        var scope = new SolveScope(surroundings, request.Build.Entitlements, _layers) { Network = request.Network ?? UsualNetwork };
        var attributes = request.Build.Attributes;
        var planned = await PlanAsync(request, scope, output, cancellationToken);                                           // (2)
        var narrator = new ClassicNarrator(ClassicSteps.Of(planned, attributes, operation => IdOf(operation.Reference)), attributes.ContainsKey("no-cache") ? new ToldImages() : _told, output);
        var told = narrator.FollowAsync(surroundings.Progress, cancellationToken);
        SolvedTree.Layered tree;
        try
        {
            tree = await _solver.SolveAsync(planned.Plan, scope, cancellationToken);                                               // (3)
        }
        catch (BuildException exception)
        {
            throw Reworded(exception, planned.Plan);
        }
        finally
        {
            surroundings.Progress.Complete();
            await told;
        }

        var export = new ExportRequest("moby", new Dictionary<string, string> { ["name"] = string.Join(',', names) }, 0);
        var answer = _exporter.Export(new PlannedTree(planned.Plan, tree), export, new BuildProgress(_exporter.Clock));                   // (4)
        var id = answer[ExportKeys.Digest];
        narrator.Complete(id, ClassicSteps.UnusedArguments(planned.File, attributes));
        foreach (var name in names)
            output.Stream($"Successfully tagged {name.Familiar}\n");
        return id;
    }

    // A file that cannot be read is the request's fault, a line that cannot be done is the build's.
    private async Task<PlannedDockerfile> PlanAsync(ClassicRequest request, SolveScope scope, IClassicOutput output, CancellationToken cancellationToken)
    {
        try
        {
            return await _planning.PlanAsync(request.Build, scope, cancellationToken);
        }
        catch (BuildException exception) when (exception.MissingPath is { } missing)
        {
            throw new EngineException(ErrorKind.Internal, $"Cannot locate specified Dockerfile: {missing}", exception);
        }
        catch (BuildException exception) when (scope.File is { } file && exception.Excerpt is { Ranges: [var range, ..] } && !exception.Message.StartsWith(ParseFailure, StringComparison.Ordinal))
        {
            var steps = Steps(request, file);
            var failed = new ClassicNarrator(steps, _told, output).Fail(new LineRange(range.StartLine, range.EndLine));
            var image = failed?.Text.Split(' ').FirstOrDefault(word => exception.Message.StartsWith(word + ": ", StringComparison.Ordinal));
            throw new BuildException(image is null ? exception.Message : exception.Message[(image.Length + 2)..], exception);
        }
        catch (BuildException exception)
        {
            throw new EngineException(ErrorKind.Invalid, exception.Message == EmptyFile ? $"the Dockerfile ({request.Build.Attributes.GetValueOrDefault("filename", "Dockerfile")}) cannot be empty" : exception.Message, exception);
        }
    }

    private string? IdOf(string name) => ImageReference.TryParse(name, out var reference) && reference is not null ? _images.TryFind(reference.WithDefaultTag())?.Id.ToString() : null;

    private IReadOnlyList<ClassicStep> Steps(ClassicRequest request, DockerfileText file)
    {
        try
        {
            return [.. ClassicSteps.Read(file, request.Build.Attributes.GetValueOrDefault("target", "")).Select(step => step with { Image = step.Base is { } name ? IdOf(name) : null })];
        }
        catch (DockerfileException exception)
        {
            throw new EngineException(ErrorKind.Invalid, $"failed to parse Dockerfile: {exception.Message}", exception);
        }
    }

    // As it is, without what stands before it for clients that do not see the step.
    private static string Bare(string message) => message.IndexOf(StepFailure, StringComparison.Ordinal) is >= 0 and var end ? message[(end + StepFailure.Length)..] : message;

    private static BuildException Reworded(BuildException exception, BuildPlan plan)
    {
        var failed = plan.Operations.FirstOrDefault(operation => SolveScope.IdOf(operation) == exception.Step);
        var message = (failed, exception) switch
        {
            (RunOperation run, { ExitCode: { } code }) => $"The command '{string.Join(' ', run.Arguments)}' returned a non-zero code: {code}",
            (FileOperation file, { MissingPath: { } path }) when file.Actions.OfType<CopyAction>().Any(copy => copy.Source is LocalOperation) =>
                $"COPY failed: file not found in build context or excluded by .dockerignore: stat {path.TrimStart('/')}: file does not exist",
            (_, { MissingPath: { } path }) => $"COPY failed: stat {path.TrimStart('/')}: file does not exist",
            (RunOperation, _) => Bare(exception.Message),
            _ => exception.Message,
        };
        return new BuildException(message, exception) { ExitCode = exception.ExitCode };
    }

    private static ImageReference Parse(string name) => ImageReference.TryParse(name, out var reference) && reference is not null
        ? reference.WithDefaultTag()
        : throw new EngineException(ErrorKind.Invalid, "invalid reference format");
}
