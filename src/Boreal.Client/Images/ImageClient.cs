using System.Globalization;
using System.Text.Json;
using Boreal.Api.Images;
using Boreal.Client.Streams;
using Boreal.Client.Transport;

namespace Boreal.Client.Images;

/// <summary>Images on the daemon. Answers are JSON as the daemon wrote it.</summary>
public sealed class ImageClient
{
    private const string AuthHeader = "X-Registry-Auth";

    private readonly ApiChannel _channel;

    internal ImageClient(ApiChannel channel) => _channel = channel;

    public Task<JsonElement> ListAsync(bool all, bool digests, FilterQuery filters, CancellationToken cancellationToken = default) =>
        _channel.JsonAsync(
            new ApiRequest("GET", "/images/json").With("all", all).With("digests", digests).With("filters", filters.ToJson()), cancellationToken);

    public async Task<byte[]> InspectRawAsync(string image, CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(new ApiRequest("GET", On(image, "/json")), cancellationToken);
        return await response.BytesAsync(cancellationToken);
    }

    public Task<JsonElement> HistoryAsync(string image, CancellationToken cancellationToken = default) =>
        _channel.JsonAsync(new ApiRequest("GET", On(image, "/history")), cancellationToken);

    public async Task TagAsync(string image, string repository, string tag, CancellationToken cancellationToken = default) =>
        await _channel.CallAsync(new ApiRequest("POST", On(image, "/tag")).With("repo", repository).With("tag", tag), cancellationToken);

    public Task<JsonElement> RemoveAsync(string image, bool force, bool noPrune, CancellationToken cancellationToken = default) =>
        _channel.JsonAsync(new ApiRequest("DELETE", On(image, "")).With("force", force).With("noprune", noPrune), cancellationToken);

    public Task<JsonElement> PruneAsync(FilterQuery filters, CancellationToken cancellationToken = default) =>
        _channel.JsonAsync(new ApiRequest("POST", "/images/prune").With("filters", filters.ToJson()), cancellationToken);

    /// <summary>Makes an image of a root file system; <paramref name="content"/> is its tar, or null when the query names a URL.</summary>
    public async Task<DownloadStream> ImportAsync(ImportQuery query, Stream? content, CancellationToken cancellationToken = default)
    {
        var request = new ApiRequest("POST", "/images/create")
            .With("fromSrc", query.Source).With("repo", query.Repository).With("tag", query.Tag).With("message", query.Message)
            .With("platform", query.Platform is { Length: > 0 } platform ? platform : null).WithEach("changes", query.Changes);
        if (content is not null) request.WithUpload(content, "text/plain");
        return new DownloadStream(await _channel.SendAsync(request, cancellationToken));
    }

    /// <summary>Loads images from an archive; the answer is progress.</summary>
    public async Task<DownloadStream> LoadAsync(Stream archive, bool quiet, CancellationToken cancellationToken = default) =>
        new(await _channel.SendAsync(new ApiRequest("POST", "/images/load").With("quiet", quiet ? "1" : "0").WithUpload(archive), cancellationToken));

    /// <summary>An archive of images.</summary>
    public async Task<DownloadStream> SaveAsync(IReadOnlyList<string> images, CancellationToken cancellationToken = default) =>
        new(await _channel.SendAsync(new ApiRequest("GET", "/images/get").WithEach("names", images), cancellationToken));

    /// <summary>Pulls <paramref name="repository"/> at a tag or digest, all tags where it is empty; the answer is progress.</summary>
    public async Task<DownloadStream> PullAsync(
        string repository, string tagOrDigest, string? platform, RegistryAuth auth, CancellationToken cancellationToken = default) =>
        new(await _channel.SendAsync(
            new ApiRequest("POST", "/images/create").With("fromImage", repository).With("tag", tagOrDigest)
                .With("platform", platform is { Length: > 0 } ? platform.ToLowerInvariant() : null).WithHeader(AuthHeader, auth.ToHeader()),
            cancellationToken));

    /// <summary>Pushes a tag of the repository, all of them where it is empty; the answer is progress.</summary>
    public async Task<DownloadStream> PushAsync(string repository, string tag, RegistryAuth auth, CancellationToken cancellationToken = default) =>
        new(await _channel.SendAsync(
            new ApiRequest("POST", On(repository, "/push")).With("tag", tag).WithHeader(AuthHeader, auth.ToHeader()), cancellationToken));

    /// <summary>What a registry has under the name of an image.</summary>
    public async Task<DistributionInspect> DistributionAsync(string image, RegistryAuth auth, CancellationToken cancellationToken = default)
    {
        var path = On(image, "/json").Replace("/images/", "/distribution/", StringComparison.Ordinal);
        var answer = await _channel.JsonAsync(new ApiRequest("GET", path).WithHeader(AuthHeader, auth.ToHeader()), cancellationToken);
        return answer.Deserialize(ImagesJsonContext.Default.DistributionInspect) ?? throw new JsonException($"no answer about {image}");
    }

    /// <summary>What a registry has under a name; a <paramref name="limit"/> of 0 leaves the number to the daemon.</summary>
    public Task<JsonElement> SearchAsync(string term, long limit, FilterQuery filters, RegistryAuth auth, CancellationToken cancellationToken = default) =>
        _channel.JsonAsync(
            new ApiRequest("GET", "/images/search").With("term", term)
                .With("limit", limit > 0 ? limit.ToString(CultureInfo.InvariantCulture) : null)
                .With("filters", filters.ToJson()).WithHeader(AuthHeader, auth.ToHeader()),
            cancellationToken);

    // Slashes stay: a name may have them and the daemon matches them.
    private static string On(string image, string verb) => $"/images/{Uri.EscapeDataString(image).Replace("%2F", "/", StringComparison.Ordinal).Replace("%3A", ":", StringComparison.Ordinal)}{verb}";
}
