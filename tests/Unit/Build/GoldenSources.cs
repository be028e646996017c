using System.Text.Json;
using Boreal.Build.Dockerfile;
using Boreal.Oci.Images;

namespace Boreal.Tests.Unit.Build;

/// <summary>The images that golden cases were recorded with. Everything is there but what is called missing.</summary>
internal sealed class GoldenSources(IReadOnlyDictionary<string, string> files) : IPlanSources
{
    public Task<ResolvedImage> ResolveImageAsync(ImageRequest request, CancellationToken cancellationToken)
    {
        if (request.Reference.Contains("missing", StringComparison.Ordinal)) throw new SourceUnavailableException($"{request.Reference}: not found");
        var name = request.Reference is "docker.io/library/app:latest" or "docker.io/library/arm:latest" or "docker.io/library/trigger:latest" or "docker.io/library/broken:latest"
            ? request.Reference["docker.io/library/".Length..^":latest".Length]
            : "plain";
        var config = JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(GoldenCase.Folder, "Images", name + ".json")), OciJson.Default.ImageConfig);
        return Task.FromResult(new ResolvedImage(request.Reference, null, config ?? throw new InvalidOperationException($"{name}.json is empty")));
    }

    public Task<string?> ReadIgnoreFileAsync(string localName, CancellationToken cancellationToken) =>
        Task.FromResult(files.GetValueOrDefault($"{localName}:.dockerignore"));
}
