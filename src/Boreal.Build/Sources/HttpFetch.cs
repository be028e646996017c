using System.Globalization;
using System.Security.Cryptography;
using Boreal.Build.Builds;
using Boreal.Build.Graph;
using Boreal.Build.Progress;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Build.Sources;

/// <summary>Brings one file from the web into a tree.</summary>
internal sealed class HttpFetch : IDisposable
{
    private const uint Mode = 0x180; // 0600
    private const int PieceBytes = 256 * 1024;
    private const string UploadPrefix = "http://buildkit-session/";

    private readonly HttpClient _client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The operation as it is remembered: what a client gives on its standard input has another address every time.</summary>
    public static HttpOperation Lasting(HttpOperation operation) => IsUpload(operation)
        ? new HttpOperation { Url = UploadPrefix, FileName = operation.FileName, Checksum = operation.Checksum, Provenance = operation.Provenance }
        : operation;

    /// <summary>The file, with the time the server gives it.</summary>
    /// <returns>Its SHA-256.</returns>
    /// <exception cref="BuildException">It cannot be had.</exception>
    public Task<byte[]> FetchAsync(HttpOperation operation, string folder, (IBuildClient Client, BuildStep Step) build, CancellationToken cancellationToken) =>
        IsUpload(operation) ? ReceiveAsync(operation, folder, build, cancellationToken) : DownloadAsync(operation, folder, build.Step, cancellationToken);

    public void Dispose() => _client.Dispose();

    private static bool IsUpload(HttpOperation operation) => operation.Url.StartsWith(UploadPrefix, StringComparison.Ordinal);

    private static async Task<byte[]> ReceiveAsync(HttpOperation operation, string folder, (IBuildClient Client, BuildStep Step) build, CancellationToken cancellationToken)
    {
        await using var content = await build.Client.OpenUploadAsync(operation.Url[UploadPrefix.Length..], cancellationToken);
        using var root = FileDescriptor.Open(folder, OpenAt.DirectoryOnly);
        using var file = Create(root, operation);
        var part = build.Step.Begin("transferring context:");
        var digest = await CopyAsync(content, file, part, cancellationToken);
        part.Complete();
        AttributesAt.SetTimes(file, null, new FileTime(0, 0));
        return digest;
    }

    private async Task<byte[]> DownloadAsync(HttpOperation operation, string folder, BuildStep step, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _client.GetAsync(operation.Url, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw new BuildException($"invalid response status {((int)response.StatusCode).ToString(CultureInfo.InvariantCulture)}");
            var part = step.Begin("downloading");
            part.Total = response.Content.Headers.ContentLength ?? 0;
            await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var root = FileDescriptor.Open(folder, OpenAt.DirectoryOnly);
            using var file = Create(root, operation);
            var digest = await CopyAsync(content, file, part, cancellationToken);
            part.Complete();
            var modified = response.Content.Headers.LastModified ?? DateTimeOffset.UnixEpoch;
            AttributesAt.SetTimes(file, null, new FileTime(modified.ToUnixTimeSeconds(), 0));
            return digest;
        }
        catch (HttpRequestException exception)
        {
            throw new BuildException($"failed to load {operation.Url}: {exception.Message}", exception);
        }
    }

    private static FileDescriptor Create(FileDescriptor root, HttpOperation operation) =>
        OpenAt.Open(root, operation.FileName, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, ResolveFlags.Beneath, Mode);

    private static async Task<byte[]> CopyAsync(Stream content, FileDescriptor file, BuildPart part, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[PieceBytes];
        var total = 0L;
        int count;
        while ((count = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, count);
            file.WriteAll(buffer.AsSpan(0, count));
            part.Report(total += count);
        }

        return hash.GetHashAndReset();
    }
}
