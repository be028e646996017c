using System.Text.Json;
using Boreal.Client.Errors;
using Boreal.Client.Streams;
using Boreal.Client.Transport;

namespace Boreal.Client.Containers;

/// <summary>Files in containers, one or many at a time, as tar.</summary>
public sealed class ArchiveClient
{
    private const string StatHeader = "X-Docker-Container-Path-Stat";

    private readonly ApiChannel _channel;

    internal ArchiveClient(ApiChannel channel) => _channel = channel;

    /// <summary>What stands at a path in the container.</summary>
    public async Task<PathStat> StatAsync(string container, string path, CancellationToken cancellationToken = default)
    {
        await using var response = await _channel.SendAsync(Request("HEAD", container, path), cancellationToken);
        return Stat(response.Header(StatHeader));
    }

    /// <summary>A tar of the path, and what the path is.</summary>
    public async Task<(DownloadStream Tar, PathStat Stat)> DownloadAsync(string container, string path, CancellationToken cancellationToken = default)
    {
        var response = await _channel.SendAsync(Request("GET", container, path), cancellationToken);
        return (new DownloadStream(response), Stat(response.Header(StatHeader)));
    }

    /// <summary>
    /// Unpacks a tar in a directory of the container. <paramref name="keepKinds"/> refuses to put a directory over a file and the
    /// other way round; <paramref name="keepOwners"/> keeps the owners the tar names.
    /// </summary>
    public async Task UploadAsync(string container, string directory, Stream tar, bool keepKinds, bool keepOwners, CancellationToken cancellationToken = default) =>
        await _channel.CallAsync(
            Request("PUT", container, directory)
                .With("noOverwriteDirNonDir", keepKinds ? "true" : null)
                .With("copyUIDGID", keepOwners ? "true" : null)
                .WithUpload(tar),
            cancellationToken);

    private static ApiRequest Request(string method, string container, string path) =>
        new ApiRequest(method, $"/containers/{Uri.EscapeDataString(container)}/archive").With("path", path);

    private static PathStat Stat(string? header) =>
        header is not null && JsonSerializer.Deserialize(Convert.FromBase64String(header), PathStatJsonContext.Default.PathStat) is { } stat
            ? stat
            : throw new BrokenStreamException($"the daemon's answer lacks {StatHeader}");
}
