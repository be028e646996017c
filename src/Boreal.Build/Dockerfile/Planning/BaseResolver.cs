using Boreal.Build.Dockerfile.Lint;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Graph;
using Boreal.Notation;
using Boreal.Oci.Images;
using Boreal.Oci.References;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>Gives stages that are based on no other stage their files and configuration, several at a time.</summary>
internal sealed class BaseResolver(PlanContext context, StageGraph graph)
{
    private const string EmptyImage = "scratch";
    private static readonly string[] CommonImages = ["alpine", "busybox", "centos", "debian", "golang", "ubuntu", "fedora"];

    public async Task ResolveAsync(IReadOnlySet<StageState> needed, CancellationToken cancellationToken)
    {
        var pending = graph.Stages.Where(stage => stage.BaseStage is null && !stage.IsPlanned && !stage.IsResolved).ToList();
        await Task.WhenAll(pending.Select(stage => ResolveAsync(stage, context.AllStages || needed.Contains(stage), cancellationToken)));
    }

    private async Task ResolveAsync(StageState stage, bool isNeeded, CancellationToken cancellationToken)
    {
        stage.IsResolved = isNeeded;
        try
        {
            if (stage.Context is { } replacement)
            {
                if (isNeeded) Replace(stage, replacement, await context.NamedContexts.LoadAsync(replacement, cancellationToken));
            }
            else if (stage.Base == EmptyImage)
            {
                SetEmpty(stage);
            }
            else
            {
                await ResolveImageAsync(stage, isNeeded, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is FormatException or SourceUnavailableException)
        {
            throw new DockerfileException(exception.Message, stage.Lines == default ? [] : [stage.Lines], exception);
        }
        if (stage.IsImplicit) stage.IsPlanned = true;
    }

    private void SetEmpty(StageState stage)
    {
        stage.Image = ImageDraft.Empty(context.TargetPlatform);
        stage.Platform = context.TargetPlatform;
    }

    // The stage's own instructions are left out: the context is its result.
    private static void Replace(StageState stage, NamedContext replacement, PlannedInput input)
    {
        stage.IsPlanned = true;
        stage.State = new TreeState { Tree = input.Result };
        if (input.Config is null)
        {
            stage.Image = ImageDraft.Empty(stage.Platform ?? replacement.Platform) with { WorkingDirectory = "", Environment = [] };
            return;
        }
        stage.Image = ImageDraft.From(input.Config);
        stage.Platform = stage.Image.Platform;
    }

    private async Task ResolveImageAsync(StageState stage, bool isNeeded, CancellationToken cancellationToken)
    {
        var name = stage.Base;
        var reference = Parse(name);
        var platform = stage.Platform ?? context.TargetPlatform;
        stage.Base = reference.ToString();
        if (!isNeeded) return;

        if (context.NamedContexts.Find(stage.Base, platform, stage.UsedPaths) is { } replacement)
        {
            var input = await context.NamedContexts.LoadAsync(replacement, cancellationToken);
            stage.BaseImage = input.Config;
            stage.Image = input.Config is { } config ? ImageDraft.From(config) : ImageDraft.Empty(platform);
            stage.State = new TreeState { Tree = input.Result };
            stage.Platform = platform;
            return;
        }

        var image = await FindAsync(name, reference, platform, cancellationToken);
        stage.BaseImage = image.Config;
        stage.Image = ImageDraft.From(image.Config);
        stage.Platform = platform;
        if (HasLayers(image.Config)) SetTree(stage, name, image, platform);
    }

    private void SetTree(StageState stage, string name, ResolvedImage image, BuildPlatform platform)
    {
        var reference = ImageReference.Parse(image.Reference);
        stage.Base = (image.Digest is { } digest ? reference.WithDigest(digest) : reference).ToString();
        stage.State = new TreeState
        {
            Tree = new ImageOperation
            {
                Reference = stage.Base,
                Platform = platform,
                ResolveMode = context.Options.ResolveMode,
                Provenance = new Provenance(
                    stage.Names.Next($"FROM {stage.Base}", stage.DisplayName, context.Options.IsMultiPlatform ? platform : null, Expansion.Variables.Empty), stage.Lines),
            },
        };

        var actual = stage.Draft.Platform;
        if (platform.Os == actual.Os && platform.Architecture == actual.Architecture) return;
        context.Lint.Warn(
            LintRules.InvalidBaseImagePlatform, stage.Lines,
            $"Base image {name} was pulled with platform {Quoted(actual)}, expected {Quoted(platform)} for current build");
    }

    private async Task<ResolvedImage> FindAsync(string name, ImageReference reference, BuildPlatform platform, CancellationToken cancellationToken)
    {
        var prefix = context.Options.IsMultiPlatform ? platform.ToFullString() + " " : "";
        var request = new ImageRequest(reference.ToString(), platform, context.Options.ResolveMode, null, $"[{prefix}internal] load metadata for {reference}");
        try
        {
            return await context.Sources.ResolveImageAsync(request, cancellationToken);
        }
        catch (SourceUnavailableException exception)
        {
            var known = graph.Names.Concat(CommonImages.SelectMany(image => new[] { image, $"{image}:latest" }));
            throw new SourceUnavailableException(Suggestion.Append($"{name}: {exception.Message}", Suggestion.For(name, known)), exception);
        }
    }

    private static string Quoted(BuildPlatform platform) => GoText.Quote(platform.Normalized.ToFullString());

    private static bool HasLayers(ImageConfig image) =>
        image.RootFs?.DiffIds is { Count: > 0 } || (image.History ?? []).Any(entry => entry.EmptyLayer is not true);

    private static ImageReference Parse(string name)
    {
        try
        {
            return ImageReference.Parse(name).WithDefaultTag();
        }
        catch (FormatException exception)
        {
            throw new FormatException($"failed to parse stage name {GoText.Quote(name)}: {exception.Message}", exception);
        }
    }
}
