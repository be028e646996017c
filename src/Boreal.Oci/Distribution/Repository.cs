using System.Runtime.CompilerServices;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution.Hosts;
using Boreal.Oci.Distribution.Tokens;
using Boreal.Oci.Distribution.Transport;
using Boreal.Oci.Distribution.Uploads;
using Boreal.Oci.References;

namespace Boreal.Oci.Distribution;

/// <summary>A repository in a registry, as one caller sees it. Mirrors are asked first where the configuration has any.</summary>
public sealed class Repository
{
    /// <summary>Manifests beyond this are refused, as the distribution specification suggests.</summary>
    public const int LargestManifest = 4 * 1024 * 1024;

    private const string ManifestTypes =
        $"{MediaTypes.OciIndex}, {MediaTypes.OciManifest}, {MediaTypes.DockerManifestList}, {MediaTypes.DockerManifest}, */*;q=0.1";

    private readonly EndpointChain _chain;
    private readonly WarningList _warnings;
    private readonly RetryRules _retries;

    internal Repository(ImageReference reference, EndpointChain chain, WarningList warnings, RetryRules retries)
    {
        Reference = reference;
        _chain = chain;
        _warnings = warnings;
        _retries = retries;
    }

    public ImageReference Reference { get; }

    /// <summary>What the registry wanted people to read so far.</summary>
    public IReadOnlyList<string> Warnings => _warnings.Texts;

    private string Path => Reference.Path;

    private IReadOnlyList<TokenScope> PullScope => [TokenScope.Pull(Path)];

    /// <exception cref="DistributionException">There is none, or it is not what its digest says.</exception>
    public Task<RemoteManifest> GetManifestAsync(string tagOrDigest, CancellationToken cancellationToken)
    {
        var isDigest = Digest.TryParse(tagOrDigest, out var expected);
        return _chain.FirstAsync(NeedFor(isDigest), async session =>
        {
            var request = ManifestRequest(HttpMethod.Get, tagOrDigest) with { ShownVerb = isDigest ? null : "Head" };
            using var response = await session.SendSuccessfullyAsync(request, cancellationToken);
            var content = await BoundedBody.ReadAsync(response, LargestManifest, _chain.Clock, cancellationToken);
            return ManifestAnswer.Read(response, content, isDigest ? expected : null);
        }, cancellationToken);
    }

    /// <summary>What a tag names, without fetching it; null when there is no such manifest.</summary>
    public async Task<Descriptor?> HeadManifestAsync(string tagOrDigest, CancellationToken cancellationToken)
    {
        try
        {
            var isDigest = Digest.TryParse(tagOrDigest, out _);
            var described = await _chain.FirstAsync(NeedFor(isDigest), async session =>
            {
                using var response = await session.SendSuccessfullyAsync(ManifestRequest(HttpMethod.Head, tagOrDigest), cancellationToken);
                return ManifestAnswer.Describe(response);
            }, cancellationToken);
            return described ?? (await GetManifestAsync(tagOrDigest, cancellationToken)).Descriptor;
        }
        catch (DistributionException exception) when (exception.Kind == DistributionErrorKind.NotFound)
        {
            return null;
        }
    }

    public async Task<bool> HasBlobAsync(Digest blob, CancellationToken cancellationToken) => await HeadBlobAsync(blob, cancellationToken) is not null;

    /// <summary>A blob's size, -1 where the registry does not say; null when there is no such blob.</summary>
    public async Task<long?> HeadBlobAsync(Digest blob, CancellationToken cancellationToken)
    {
        try
        {
            return await _chain.FirstAsync(EndpointCapabilities.Pull, async session =>
            {
                var request = new RegistryRequest { Method = HttpMethod.Head, Target = BlobPath(blob), Scopes = PullScope, IsRepeatable = true };
                using var response = await session.SendSuccessfullyAsync(request, cancellationToken);
                return response.Content.Headers.ContentLength ?? -1;
            }, cancellationToken);
        }
        catch (DistributionException exception) when (exception.Kind == DistributionErrorKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>
    /// The blob from <paramref name="offset"/> on, or from 0 when the registry knows no ranges: see <see cref="RemoteBlob.Offset"/>.
    /// The content is not verified, and a cut connection is the reader's to deal with; <see cref="Download"/> deals with it.
    /// </summary>
    public Task<RemoteBlob> OpenBlobAsync(Descriptor blob, long offset, CancellationToken cancellationToken) => OpenBlobAsync(blob, offset, 0, cancellationToken);

    /// <summary>The blob from <paramref name="offset"/> on as one stream that reconnects by itself. The reader verifies the digest.</summary>
    public BlobDownloadStream Download(Descriptor blob, long offset = 0) => new(this, blob, offset, _chain.Options, _chain.Clock, _retries);

    /// <summary>A small blob, verified.</summary>
    /// <exception cref="DistributionException">It is larger than <paramref name="most"/>, or not what its digest says.</exception>
    public async Task<byte[]> GetBlobAsync(Descriptor blob, int most, CancellationToken cancellationToken)
    {
        if (blob.Size < 0 || blob.Size > most)
            throw new DistributionException(DistributionErrorKind.TooLarge, $"{blob.Digest} has {blob.Size} bytes, at most {most} are taken");
        var content = new byte[blob.Size];
        await using var download = Download(blob);
        await download.ReadExactlyAsync(content, cancellationToken);
        return ContentCheck.Matches(blob.Digest, content) ? content : throw ContentCheck.Mismatch(blob.Digest);
    }

    /// <summary>Somebody answers where pushes go; who asks is not shown yet.</summary>
    public async Task ConnectAsync(CancellationToken cancellationToken) =>
        await (await PushSessionAsync(cancellationToken)).RootAsync(cancellationToken);

    /// <summary>
    /// Brings a blob into the repository: not at all when it is there, by mounting when a neighbour has it, else by sending it.
    /// <paramref name="openAt"/> opens the blob's bytes from an offset on, again after each cut.
    /// </summary>
    /// <exception cref="IOException">The bytes can't be read on our side.</exception>
    public async Task<BlobUploadResult> UploadBlobAsync(
        Descriptor blob, Func<long, CancellationToken, ValueTask<Stream>> openAt, BlobUploadOptions options, CancellationToken cancellationToken)
    {
        var session = await PushSessionAsync(cancellationToken);
        var protocol = new UploadProtocol(session, Path, [.. PushScope, .. options.MountFrom.Select(TokenScope.Pull)]);
        return await new BlobUpload(protocol, new BlobSource(blob, openAt, options.Progress), _retries).RunAsync(options.MountFrom, cancellationToken);
    }

    /// <summary>
    /// Uploads a blob while it is made: <paramref name="open"/> gives a stream that waits for more and ends where the blob does,
    /// <paramref name="whole"/> what it turned out to be. False when that broke off; the whole blob can be uploaded then.
    /// </summary>
    public async Task<bool> UploadGrowingBlobAsync(Func<Stream> open, Func<Task<Descriptor>> whole, CancellationToken cancellationToken) =>
        await new GrowingUpload(new UploadProtocol(await PushSessionAsync(cancellationToken), Path, PushScope)).RunAsync(open, whole, cancellationToken);

    /// <summary>Stores a manifest byte for byte, under a tag or its digest; the digest it has there.</summary>
    public async Task<Digest> PutManifestAsync(string tagOrDigest, string mediaType, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var session = await PushSessionAsync(cancellationToken);
        var request = new RegistryRequest
        {
            Method = HttpMethod.Put,
            Target = $"{Path}/manifests/{tagOrDigest}",
            Scopes = PushScope,
            IsRepeatable = true,
            AnswerTimeout = _chain.Options.UploadAnswerTimeout,
            Content = _ => ManifestBody(mediaType, content),
        };
        using var response = await session.SendSuccessfullyAsync(request, cancellationToken);
        if (ManifestAnswer.DigestOf(response) is { } stored && !ContentCheck.Matches(stored, content.Span))
            throw new DistributionException(DistributionErrorKind.DigestMismatch, $"the registry stored the manifest of {Reference.Familiar} as {stored}, which it is not");
        return Digest.TryParse(tagOrDigest, out var digest) ? digest : Digest.OfSha256(content.Span);
    }

    /// <summary>Removes a tag, or a manifest with all its tags.</summary>
    public async Task DeleteManifestAsync(string tagOrDigest, CancellationToken cancellationToken)
    {
        var session = await PushSessionAsync(cancellationToken);
        var request = new RegistryRequest { Method = HttpMethod.Delete, Target = $"{Path}/manifests/{tagOrDigest}", Scopes = [TokenScope.Delete(Path)], IsRepeatable = true };
        using var response = await session.SendSuccessfullyAsync(request, cancellationToken);
    }

    /// <summary>All tags, page by page.</summary>
    public async IAsyncEnumerable<string> ListTagsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new RegistryRequest { Method = HttpMethod.Get, Target = $"{Path}/tags/list", Scopes = PullScope, IsRepeatable = true };
        var pages = new PagedList<TagList>(_chain, EndpointCapabilities.Pull | EndpointCapabilities.Resolve, DistributionJson.Default.TagList);
        await foreach (var page in pages.ReadAsync(request, cancellationToken))
        {
            foreach (var tag in page.Tags ?? [])
                yield return tag;
        }
    }

    /// <summary>What refers to a manifest (signatures, attestations), by the referrers API or by its fallback tag.</summary>
    public Task<IReadOnlyList<Descriptor>> ReferrersAsync(Digest subject, string? artifactType, CancellationToken cancellationToken) =>
        new ReferrerList(this, _chain, Path).ReadAsync(subject, artifactType, cancellationToken);

    internal Task<RemoteBlob> OpenBlobAsync(Descriptor blob, long offset, int skip, CancellationToken cancellationToken) =>
        _chain.FirstAsync(EndpointCapabilities.Pull, async session =>
        {
            var request = new RegistryRequest { Method = HttpMethod.Get, Target = BlobPath(blob.Digest), Scopes = PullScope, From = offset, IsRepeatable = true };
            var response = await session.SendSuccessfullyAsync(request, cancellationToken);
            return await RemoteBlob.OpenAsync(response, blob, offset, _chain, cancellationToken);
        }, cancellationToken, skip);

    private static EndpointCapabilities NeedFor(bool isDigest) => isDigest ? EndpointCapabilities.Pull : EndpointCapabilities.Pull | EndpointCapabilities.Resolve;

    private RegistryRequest ManifestRequest(HttpMethod method, string tagOrDigest) =>
        new() { Method = method, Target = $"{Path}/manifests/{tagOrDigest}", Scopes = PullScope, Accept = ManifestTypes, IsRepeatable = true };

    private IReadOnlyList<TokenScope> PushScope => [TokenScope.Push(Path)];

    // Pushes go to one place.
    private async ValueTask<EndpointSession> PushSessionAsync(CancellationToken cancellationToken) =>
        (await _chain.SessionsAsync(EndpointCapabilities.Push, cancellationToken))[0];

    private static ReadOnlyMemoryContent ManifestBody(string mediaType, ReadOnlyMemory<byte> content)
    {
        var body = new ReadOnlyMemoryContent(content);
        body.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        return body;
    }

    private string BlobPath(Digest digest) => $"{Path}/blobs/{digest}";
}
