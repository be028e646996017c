using System.Text;
using Boreal.Build.Builds;
using Boreal.Build.Dockerfile;
using Boreal.Build.Dockerfile.Answers;
using Boreal.Build.Dockerfile.Attributes;
using Boreal.Build.Dockerfile.Lint;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Graph;
using Boreal.Build.Progress;
using Boreal.Build.Solving;
using Boreal.Engine.Layers;
using Boreal.Oci.Images;

namespace Boreal.Build.Building;

/// <summary>Loads a client's Dockerfile and plans the target that is asked for.</summary>
internal sealed class DockerfilePlanning(BuilderDescription description, PlanImages images, PlanSolver solver, BuildLayers layers)
{
    /// <exception cref="BuildException">There is no Dockerfile, it is wrong, or what it needs is not to be had.</exception>
    public Task<PlannedDockerfile> PlanAsync(BuildRequest request, SolveScope scope, CancellationToken cancellationToken) =>
        WithFrontendAsync(request, scope, async (frontend, file, options, warn) =>
        {
            var targets = new List<PlannedTarget>();
            foreach (var platform in options)
            {
                var build = await frontend.PlanAsync(file, platform, cancellationToken);
                // What is wrong is so for every platform; said once is enough.
                foreach (var warning in targets.Count == 0 ? build.Warnings : [])
                    warn(warning);
                targets.Add(new PlannedTarget(platform.TargetPlatform ?? platform.BuildPlatform, build.Plan));
            }

            return new PlannedDockerfile(file, targets, options[0].IsMultiPlatform);
        }, cancellationToken);

    /// <summary>Answers a request that builds nothing.</summary>
    /// <exception cref="BuildException">There is no such request, or the Dockerfile is too wrong to say something about it.</exception>
    public Task<FrontendAnswer> AnswerAsync(string question, BuildRequest request, SolveScope scope, CancellationToken cancellationToken) =>
        WithFrontendAsync(request, scope, async (frontend, file, options, _) => question switch
        {
            FrontendAnswer.LintRequest => AnswerWriter.Write(await frontend.CheckAsync(file, options[0], cancellationToken)),
            FrontendAnswer.OutlineRequest => AnswerWriter.Write(await frontend.OutlineAsync(file, options[0], cancellationToken), file),
            FrontendAnswer.TargetsRequest => AnswerWriter.Write(DockerfileFrontend.Targets(file), file),
            FrontendAnswer.DescribeRequest => AnswerWriter.Describe(),
            _ => throw new BuildException($"unsupported request {question}"),
        }, cancellationToken);

    private async Task<T> WithFrontendAsync<T>(
        BuildRequest request, SolveScope scope, Func<DockerfileFrontend, DockerfileText, IReadOnlyList<FrontendOptions>, Action<LintWarning>, Task<T>> work, CancellationToken cancellationToken)
    {
        var surroundings = scope.Surroundings;
        var loader = new DockerfileLoader(surroundings);
        var definition = await LoadAsync(request.Attributes, loader, scope, cancellationToken);
        var file = definition.File;
        scope.File = file;
        try
        {
            var frontend = new DockerfileFrontend(new PlanSources(images, loader, surroundings));
            var options = FrontendAttributes.Read(request.Attributes, Platform()).Select(platform =>
                platform with { IgnoredPatterns = definition.Ignored, MainContext = definition.MainContext, Inputs = scope.Inputs?.Planned ?? platform.Inputs });
            return await work(frontend, file, [.. options], warning => surroundings.Progress.Warn(loader.StepId, Describe(warning, file)));
        }
        catch (DockerfileException exception)
        {
            throw new BuildException(exception.Message, exception) { Excerpt = ExcerptOf(file, exception.Locations) };
        }
        catch (FormatException exception)
        {
            throw new BuildException(exception.Message, exception);
        }
    }

    private async Task<BuildDefinition> LoadAsync(IReadOnlyDictionary<string, string> attributes, DockerfileLoader loader, SolveScope scope, CancellationToken cancellationToken)
    {
        try
        {
            var context = ContextAttributes.Read(attributes);
            return context.Remote is { } remote
                ? await new RemoteContext(solver, layers, scope).LoadAsync(context, remote, loader, cancellationToken)
                : await loader.LoadAsync(attributes, cancellationToken);
        }
        catch (FormatException exception)
        {
            throw new BuildException(exception.Message, exception);
        }
    }

    // Described as os/architecture, the machine's own first.
    private BuildPlatform Platform() => BuildPlatform.Of(new Platform { Os = "linux", Architecture = description.Platforms[0].Split('/')[1] });

    private static BuildWarning Describe(LintWarning warning, DockerfileText file) => new()
    {
        Short = warning.Summary,
        Detail = [warning.Rule.Description],
        Url = warning.Rule.Url,
        Excerpt = ExcerptOf(file, [warning.Location]),
    };

    private static Progress.SourceExcerpt? ExcerptOf(DockerfileText file, IReadOnlyList<LineRange> lines) => lines.Count == 0
        ? null
        : new Progress.SourceExcerpt(file.FileName, Encoding.UTF8.GetBytes(file.Text), [.. lines.Select(range => new SourceRange(range.Start, range.End))]);
}
