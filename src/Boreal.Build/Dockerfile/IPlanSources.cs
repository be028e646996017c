namespace Boreal.Build.Dockerfile;

/// <summary>What planning needs from outside.</summary>
public interface IPlanSources
{
    /// <exception cref="SourceUnavailableException">There is no such image, or it can't be had.</exception>
    Task<ResolvedImage> ResolveImageAsync(ImageRequest request, CancellationToken cancellationToken);

    /// <summary>The ignore file of a folder of the client that a named context stands for; null when it has none.</summary>
    Task<string?> ReadIgnoreFileAsync(string localName, CancellationToken cancellationToken);
}
