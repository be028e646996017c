using System.Collections.Concurrent;
using Boreal.Build.Builds;
using Boreal.Build.Dockerfile;
using Boreal.Build.Exchange;
using Boreal.Build.Exporting;
using Boreal.Build.Graph;
using Boreal.Build.Progress;
using Boreal.Build.Sources;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Engine.Transfers;
using Boreal.Oci.Distribution;
using Boreal.Oci.Images;
using Boreal.Oci.References;

namespace Boreal.Build.Building;

/// <summary>What planning asks for, out of this engine, from registries and from the client.</summary>
internal sealed class PlanSources(PlanImages images, DockerfileLoader loader, BuildSurroundings surroundings) : IPlanSources
{
    private const int StandardError = 2;

    private readonly ConcurrentDictionary<ImageRequest, Lazy<Task<ResolvedImage>>> _resolved = new();

    public Task<ResolvedImage> ResolveImageAsync(ImageRequest request, CancellationToken cancellationToken) =>
        _resolved.GetOrAdd(request, asked => new Lazy<Task<ResolvedImage>>(() => ResolveAsync(asked, cancellationToken))).Value;

    public Task<string?> ReadIgnoreFileAsync(string localName, CancellationToken cancellationToken) => loader.ReadIgnoredAsync(localName, cancellationToken);

    private async Task<ResolvedImage> ResolveAsync(ImageRequest request, CancellationToken cancellationToken)
    {
        var step = surroundings.Progress.Start(ImageExporter.NewId(), request.Display);
        var reference = ImageReference.Parse(request.Reference);
        try
        {
            var found = request.Store is { } store ? await FindInLayoutAsync(request, store, reference, cancellationToken)
                : Runs(images.Here.TryFind(reference), request) ? await FindAsync(request, reference, step, cancellationToken)
                : await FindForeignAsync(request, reference, step, cancellationToken);
            step.Complete();
            return found;
        }
        catch (Exception exception) when (exception is EngineException or BuildException)
        {
            step.Fail(exception.Message);
            throw new SourceUnavailableException(exception.Message, exception);
        }
    }

    // An image that says nothing of a platform may be for any.
    private static bool Runs(Image? image, ImageRequest request) =>
        (image is null && IsHost(request.Platform))
        || (image is not null && (image.Config.Architecture.Length == 0 || PlatformChoice.Runs(PlatformOf(image), PlatformOf(request.Platform))));

    private async Task<ResolvedImage> FindAsync(ImageRequest request, ImageReference reference, BuildStep step, CancellationToken cancellationToken)
    {
        if (request.ResolveMode is ImageResolveMode.ForcePull || images.Here.TryFind(reference) is null)
            await images.Registries.PullAsync(await PullOfAsync(reference, request.Platform, cancellationToken), notice => Tell(step, notice), cancellationToken);
        return images.Here.TryFind(reference) is { } image
            ? new ResolvedImage(request.Reference, null, image.Config)
            : throw new BuildException($"{request.Reference}: not found");
    }

    // Names belong to what runs here: an image for another machine is known by its own digest only.
    private async Task<ResolvedImage> FindForeignAsync(ImageRequest request, ImageReference reference, BuildStep step, CancellationToken cancellationToken)
    {
        var pull = await PullOfAsync(reference, request.Platform, cancellationToken);
        var digest = await images.Registries.PullPlatformAsync(pull, notice => Tell(step, notice), cancellationToken);
        return images.Here.TryFind(reference.WithDigest(digest)) is { } image
            ? new ResolvedImage(request.Reference, digest, image.Config)
            : throw new BuildException($"{request.Reference}: not found");
    }

    private async Task<ResolvedImage> FindInLayoutAsync(ImageRequest request, string store, ImageReference reference, CancellationToken cancellationToken)
    {
        var digest = reference.Digest ?? throw new BuildException($"{request.Reference}: an image of a layout is named by its digest");
        var image = await LayoutImages.FindAsync(surroundings.Client, store, digest, request.Platform, cancellationToken);
        return new ResolvedImage(request.Reference, digest, image.Config);
    }

    private async Task<PullRequest> PullOfAsync(ImageReference reference, BuildPlatform platform, CancellationToken cancellationToken) => new()
    {
        Reference = reference,
        Platform = PlatformOf(platform),
        Credentials = await RegistryLogin.AskAsync(surroundings.Client, reference, cancellationToken),
    };

    private static bool IsHost(BuildPlatform platform) => PlatformChoice.Runs(PlatformOf(platform), PlatformChoice.Host);

    private static Platform PlatformOf(BuildPlatform platform) =>
        new() { Os = platform.Os, Architecture = platform.Architecture, Variant = platform.Variant.Length > 0 ? platform.Variant : null };

    private static Platform PlatformOf(Image image) =>
        new() { Os = image.Config.Os.Length == 0 ? "linux" : image.Config.Os, Architecture = image.Config.Architecture, Variant = image.Config.Variant };

    private static void Tell(BuildStep step, TransferNotice notice)
    {
        if (notice.Current is null)
            step.Log(StandardError, System.Text.Encoding.UTF8.GetBytes(notice.Id is { } id ? $"{id}: {notice.Status}\n" : $"{notice.Status}\n"));
    }
}
