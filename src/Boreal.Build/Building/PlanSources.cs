using System.Collections.Concurrent;
using Boreal.Build.Builds;
using Boreal.Build.Dockerfile;
using Boreal.Build.Exporting;
using Boreal.Engine.Images;
using Boreal.Oci.References;

namespace Boreal.Build.Building;

/// <summary>What planning asks for, out of this engine and from the client.</summary>
internal sealed class PlanSources(ImageStore images, DockerfileLoader loader, BuildSurroundings surroundings) : IPlanSources
{
    private readonly ConcurrentDictionary<ImageRequest, Lazy<ResolvedImage>> _resolved = new();

    public Task<ResolvedImage> ResolveImageAsync(ImageRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(_resolved.GetOrAdd(request, asked => new Lazy<ResolvedImage>(() => Resolve(asked))).Value);

    public Task<string?> ReadIgnoreFileAsync(string localName, CancellationToken cancellationToken) => loader.ReadIgnoredAsync(localName, cancellationToken);

    private ResolvedImage Resolve(ImageRequest request)
    {
        var step = surroundings.Progress.Start(ImageExporter.NewId(), request.Display);
        if (images.TryFind(ImageReference.Parse(request.Reference)) is not { } image)
        {
            var message = $"{request.Reference}: not found";
            step.Fail(message);
            throw new SourceUnavailableException(message);
        }

        step.Complete();
        return new ResolvedImage(request.Reference, null, image.Config);
    }
}
