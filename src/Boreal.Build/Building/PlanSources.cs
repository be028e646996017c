using System.Collections.Concurrent;
using Boreal.Build.Builds;
using Boreal.Build.Dockerfile;
using Boreal.Build.Exchange;
using Boreal.Build.Exporting;
using Boreal.Build.Graph;
using Boreal.Build.Progress;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Engine.Transfers;
using Boreal.Oci.Distribution;
using Boreal.Oci.Images;
using Boreal.Oci.References;

namespace Boreal.Build.Building;

/// <summary>What planning asks for, out of this engine, from registries and from the client.</summary>
internal sealed class PlanSources(ImageStore images, ImagePuller puller, DockerfileLoader loader, BuildSurroundings surroundings) : IPlanSources
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
            if (request.ResolveMode is ImageResolveMode.ForcePull || images.TryFind(reference) is null)
                await PullAsync(reference, request.Platform, step, cancellationToken);
        }
        catch (EngineException exception)
        {
            step.Fail(exception.Message);
            throw new SourceUnavailableException(exception.Message, exception);
        }

        if (images.TryFind(reference) is not { } image)
        {
            var message = $"{request.Reference}: not found";
            step.Fail(message);
            throw new SourceUnavailableException(message);
        }

        step.Complete();
        return new ResolvedImage(request.Reference, null, image.Config);
    }

    private async Task PullAsync(ImageReference reference, BuildPlatform platform, BuildStep step, CancellationToken cancellationToken)
    {
        var request = new PullRequest
        {
            Reference = reference,
            Platform = new Platform { Os = platform.Os, Architecture = platform.Architecture, Variant = platform.Variant.Length > 0 ? platform.Variant : null },
            Credentials = await RegistryLogin.AskAsync(surroundings.Client, reference, cancellationToken),
        };
        await puller.PullAsync(request, notice => Tell(step, notice), cancellationToken);
    }

    private static void Tell(BuildStep step, TransferNotice notice)
    {
        if (notice.Current is null)
            step.Log(StandardError, System.Text.Encoding.UTF8.GetBytes(notice.Id is { } id ? $"{id}: {notice.Status}\n" : $"{notice.Status}\n"));
    }
}
