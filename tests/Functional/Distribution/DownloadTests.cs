using Boreal.Oci.Content;
using Boreal.Oci.Distribution;
using Microsoft.AspNetCore.Http;

namespace Boreal.Tests.Functional.Distribution;

public sealed class DownloadTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Manifest_ByTag_ComesWithTypeAndVerifiedDigest()
    {
        await using var peer = await PeerRegistry.StartAsync();
        var digest = peer.AddManifest("a/b", "1", "{}"u8.ToArray());
        using var client = PeerRegistry.Client();

        var manifest = await client.Open(peer.Reference("a/b")).GetManifestAsync("1", Cancellation);

        Assert.Equal((digest, MediaTypes.OciManifest, "{}"), (manifest.Digest, manifest.MediaType, System.Text.Encoding.UTF8.GetString(manifest.Content.Span)));
    }

    [Fact]
    public async Task Manifest_Absent_HasDockersWords()
    {
        await using var peer = await PeerRegistry.StartAsync();
        using var client = PeerRegistry.Client();

        var failure = await Assert.ThrowsAsync<DistributionException>(() => client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation));

        Assert.Equal((DistributionErrorKind.NotFound, "manifest unknown: manifest unknown", "MANIFEST_UNKNOWN"), (failure.Kind, failure.Message, failure.Code));
    }

    [Fact]
    public async Task Manifest_ThatIsNotItsDigest_IsRefused()
    {
        await using var peer = await PeerRegistry.StartAsync();
        var digest = Digest.OfSha256("other"u8);
        peer.Manifests[("a", digest.Value)] = (MediaTypes.OciManifest, "{}"u8.ToArray());
        using var client = PeerRegistry.Client();

        var failure = await Assert.ThrowsAsync<DistributionException>(() => client.Open(peer.Reference("a")).GetManifestAsync(digest.Value, Cancellation));

        Assert.Equal((DistributionErrorKind.DigestMismatch, $"manifest verification failed for digest {digest}"), (failure.Kind, failure.Message));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Manifest_OfFiveMegabytes_IsRefused(bool saysSo)
    {
        await using var peer = await PeerRegistry.StartAsync();
        peer.Intercept = async context =>
        {
            if (!context.Request.Path.Value!.Contains("/manifests/", StringComparison.Ordinal))
                return false;
            if (saysSo)
                context.Response.ContentLength = 5 << 20;
            await context.Response.Body.WriteAsync(new byte[5 << 20], context.RequestAborted);
            return true;
        };
        using var client = PeerRegistry.Client();

        var failure = await Assert.ThrowsAsync<DistributionException>(() => client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation));

        Assert.Equal(DistributionErrorKind.TooLarge, failure.Kind);
    }

    [Fact]
    public async Task HeadManifest_OfATag_DescribesIt()
    {
        await using var peer = await PeerRegistry.StartAsync();
        var digest = peer.AddManifest("a", "1", "{}"u8.ToArray());
        using var client = PeerRegistry.Client();
        var repository = client.Open(peer.Reference("a"));

        Assert.Equal((digest, 2L), await repository.HeadManifestAsync("1", Cancellation) is { } found ? (found.Digest, found.Size) : default);
        Assert.Null(await repository.HeadManifestAsync("2", Cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Download_CutManyTimes_GoesOnWhereItBroke(bool knowsRanges)
    {
        await using var peer = await PeerRegistry.StartAsync();
        var content = RandomBytes(300_000);
        var blob = peer.AddBlob(content);
        var cuts = 0;
        peer.Intercept = async context =>
        {
            if (!context.Request.Path.Value!.Contains("/blobs/", StringComparison.Ordinal) || cuts == 10)
                return false;
            cuts++;
            var from = knowsRanges && context.Request.GetTypedHeaders().Range is { } range ? (int)(range.Ranges.First().From ?? 0) : 0;
            if (from > 0)
            {
                context.Response.StatusCode = StatusCodes.Status206PartialContent;
                context.Response.Headers.ContentRange = $"bytes {from}-{content.Length - 1}/{content.Length}";
            }
            context.Response.ContentLength = content.Length - from;
            var until = knowsRanges ? from + 20_000 : cuts * 25_000;
            // Fewer bytes than announced: the server closes the connection.
            await context.Response.Body.WriteAsync(content.AsMemory(from, until - from), context.RequestAborted);
            return true;
        };
        using var client = PeerRegistry.Client();

        await using var download = client.Open(peer.Reference("a")).Download(blob);
        var received = new MemoryStream();
        await download.CopyToAsync(received, Cancellation);

        Assert.Equal(content, received.ToArray());
        Assert.True(download.Reconnects >= 10, $"{download.Reconnects} reconnects");
    }

    [Fact]
    public async Task Download_FromAnOffset_FetchesTheRestOnly()
    {
        await using var peer = await PeerRegistry.StartAsync();
        var content = RandomBytes(10_000);
        var blob = peer.AddBlob(content);
        using var client = PeerRegistry.Client();

        await using var download = client.Open(peer.Reference("a")).Download(blob, 9_000);
        var received = new MemoryStream();
        await download.CopyToAsync(received, Cancellation);

        Assert.Equal(content[9_000..], received.ToArray());
        Assert.Contains(peer.Requests, request => request.Range == "bytes=9000-");
    }

    [Fact]
    public async Task Download_ThatNeverMoves_IsGivenUp()
    {
        await using var peer = await PeerRegistry.StartAsync();
        var blob = peer.AddBlob(RandomBytes(10_000));
        peer.Intercept = async context =>
        {
            if (!context.Request.Path.Value!.Contains("/blobs/", StringComparison.Ordinal))
                return false;
            context.Response.ContentLength = blob.Size;
            await context.Response.StartAsync(context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
            return true;
        };
        using var client = PeerRegistry.Client();

        await using var download = client.Open(peer.Reference("a")).Download(blob);
        var failure = await Assert.ThrowsAsync<DistributionException>(() => download.CopyToAsync(Stream.Null, Cancellation));

        Assert.Equal(DistributionErrorKind.Unavailable, failure.Kind);
    }

    [Fact]
    public async Task Download_OfAnotherSizeThanTheManifests_IsRefused()
    {
        await using var peer = await PeerRegistry.StartAsync();
        var blob = peer.AddBlob(RandomBytes(10_000)) with { Size = 9_999 };
        using var client = PeerRegistry.Client();

        await using var download = client.Open(peer.Reference("a")).Download(blob);
        var failure = await Assert.ThrowsAsync<DistributionException>(() => download.CopyToAsync(Stream.Null, Cancellation));

        Assert.Equal(DistributionErrorKind.DigestMismatch, failure.Kind);
    }

    [Fact]
    public async Task Download_FromASilentPeer_IsTriedAgain()
    {
        await using var peer = await PeerRegistry.StartAsync();
        var content = RandomBytes(10_000);
        var blob = peer.AddBlob(content);
        var isFirst = true;
        peer.Intercept = async context =>
        {
            if (!context.Request.Path.Value!.Contains("/blobs/", StringComparison.Ordinal) || !isFirst)
                return false;
            isFirst = false;
            context.Response.ContentLength = blob.Size;
            await context.Response.Body.WriteAsync(content.AsMemory(0, 100), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            var gone = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
            return true;
        };
        using var client = PeerRegistry.Client(options: PeerRegistry.Impatient with { StallTimeout = TimeSpan.FromMilliseconds(200) });

        await using var download = client.Open(peer.Reference("a")).Download(blob);
        var received = new MemoryStream();
        await download.CopyToAsync(received, Cancellation);

        Assert.Equal((content.Length, 1), ((int)received.Length, download.Reconnects));
    }

    private static byte[] RandomBytes(int count)
    {
        var content = new byte[count];
        new Random(count).NextBytes(content);
        return content;
    }
}
