using System.Text;
using Boreal.Build.Builds;
using Boreal.Build.Dockerfile;
using Boreal.Build.Dockerfile.Lint;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Graph;
using Boreal.Build.Progress;
using Boreal.Engine.Images;
using Boreal.Oci.Images;

namespace Boreal.Build.Building;

/// <summary>Loads a client's Dockerfile and plans the target that is asked for.</summary>
internal sealed class DockerfilePlanning(BuilderDescription description, ImageStore images)
{
    /// <exception cref="BuildException">There is no Dockerfile, it is wrong, or what it needs is not to be had.</exception>
    public async Task<PlannedDockerfile> PlanAsync(BuildRequest request, BuildSurroundings surroundings, CancellationToken cancellationToken)
    {
        var loader = new DockerfileLoader(surroundings);
        var (file, ignored) = await loader.LoadAsync(request.Attributes, cancellationToken);
        try
        {
            var options = FrontendAttributes.Read(request.Attributes, Platform()) with { IgnoredPatterns = ignored };
            var sources = new PlanSources(images, loader, surroundings);
            var build = await new DockerfileFrontend(sources).PlanAsync(file, options with { Limits = request.Limits ?? options.Limits }, cancellationToken);
            foreach (var warning in build.Warnings)
                surroundings.Progress.Warn(loader.StepId, Describe(warning, file));
            return new PlannedDockerfile(file, build.Plan);
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
