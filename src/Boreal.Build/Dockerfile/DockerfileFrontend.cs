using Boreal.Build.Dockerfile.Lint;
using Boreal.Build.Dockerfile.Outline;
using Boreal.Build.Dockerfile.Planning;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Dockerfile.Stages;
using Boreal.Build.Dockerfile.Syntax;
using Boreal.Build.Graph;

namespace Boreal.Build.Dockerfile;

/// <summary>Answers everything that clients ask of a Dockerfile.</summary>
public sealed class DockerfileFrontend(IPlanSources sources)
{
    /// <summary>The plan of the target.</summary>
    /// <exception cref="DockerfileException">The Dockerfile is wrong, or something it names can't be had.</exception>
    public async Task<DockerfileBuild> PlanAsync(DockerfileText file, FrontendOptions options, CancellationToken cancellationToken)
    {
        var lint = MakeLinter(file, options);
        var planner = new Planner(options, sources, lint);
        var target = await planner.PlanAsync(Text(file, options), allStages: false, cancellationToken);
        var plan = BuildPlan.Of(target.State.Tree, target.Draft.ToConfig(), target.BaseImage, planner.Context.Epoch);
        return new DockerfileBuild(plan, lint.Warnings);
    }

    /// <summary>What is wrong with the Dockerfile, in all stages when no target is asked for. Errors are part of the answer.</summary>
    public async Task<LintReport> CheckAsync(DockerfileText file, FrontendOptions options, CancellationToken cancellationToken)
    {
        var lint = new Linter(LintSettings.Default);
        DockerfileException? error = null;
        try
        {
            lint = MakeLinter(file, options);
            await new Planner(ForAnyPlatform(options), sources, lint).PlanAsync(Text(file, options), allStages: options.Target.Length == 0, cancellationToken);
        }
        catch (DockerfileException exception)
        {
            error = exception;
        }
        return new LintReport { FileName = file.FileName, Text = file.Text, Warnings = lint.Warnings, Error = error };
    }

    /// <summary>What the target can be given.</summary>
    /// <exception cref="DockerfileException">The Dockerfile is wrong, or something it names can't be had.</exception>
    public async Task<BuildOutline> OutlineAsync(DockerfileText file, FrontendOptions options, CancellationToken cancellationToken)
    {
        var target = await new Planner(ForAnyPlatform(options), sources, MakeLinter(file, options)).PlanAsync(Text(file, options), allStages: false, cancellationToken);
        return OutlineReader.Read(target);
    }

    /// <summary>The stages that can be built.</summary>
    /// <exception cref="DockerfileException">The Dockerfile is wrong.</exception>
    public static IReadOnlyList<BuildTarget> Targets(DockerfileText file)
    {
        var stages = StageReader.Read(SyntaxReader.Read(file.Text), new Linter(LintSettings.Default with { SkipsAll = true })).Stages;
        return
        [
            .. stages.Select((stage, index) => new BuildTarget
            {
                Name = stage.Name,
                Description = stage.Description ?? "",
                IsDefault = index == stages.Count - 1,
                Base = stage.Base,
                Platform = stage.Platform,
                Lines = stage.Lines,
            }),
        ];
    }

    // Clients ask once, whatever the number of platforms they are going to build for.
    private static FrontendOptions ForAnyPlatform(FrontendOptions options) => options with { TargetPlatform = null };

    private static Linter MakeLinter(DockerfileText file, FrontendOptions options)
    {
        try
        {
            return new Linter(LintSettings.Parse(options.Checks ?? Directives.Find(DirectiveReader.Check, file.Text)?.FirstWord ?? ""));
        }
        catch (DockerfileException exception)
        {
            throw exception.WithContext(options.Checks is null ? "failed to parse check options" : "failed to parse build-arg:BUILDKIT_DOCKERFILE_CHECK");
        }
    }

    private static string Text(DockerfileText file, FrontendOptions options)
    {
        RequestedFrontend.RequireOurs(file, options.BuildArguments);
        return file.Text.Length > 0 ? file.Text : throw new DockerfileException("the Dockerfile cannot be empty");
    }
}
