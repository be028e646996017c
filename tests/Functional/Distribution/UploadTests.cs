using Boreal.Oci.Content;
using Boreal.Oci.Distribution;
using Microsoft.AspNetCore.Http;

namespace Boreal.Tests.Functional.Distribution;

public sealed class UploadTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_OfABlobThatIsThere_SendsNothing()
    {
        await using var peer = await PeerRegistry.StartAsync();
        var content = RandomBytes(100_000);
        var blob = peer.AddBlob(content);
        using var client = PeerRegistry.Client();

        var result = await client.Open(peer.Reference("a")).UploadBlobAsync(blob, Of(content), new BlobUploadOptions(), Cancellation);

        Assert.Equal(BlobUploadOutcome.AlreadyThere, result.Outcome);
        Assert.DoesNotContain(peer.Requests, request => request.Method is "POST" or "PATCH" or "PUT");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(5_000_000)]
    public async Task Upload_OfABlob_Arrives(int size)
    {
        await using var peer = await PeerRegistry.StartAsync();
        var content = RandomBytes(size);
        var progress = new Steps();
        using var client = PeerRegistry.Client();

        var result = await client.Open(peer.Reference("a")).UploadBlobAsync(Describe(content), Of(content), new BlobUploadOptions { Progress = progress }, Cancellation);

        Assert.Equal(BlobUploadOutcome.Uploaded, result.Outcome);
        Assert.Equal(content, peer.Blobs[Digest.OfSha256(content).Value]);
        Assert.Equal(size, progress.Last);
    }

    [Fact]
    public async Task Upload_CutManyTimes_GoesOnFromWhatArrived()
    {
        await using var peer = await PeerRegistry.StartAsync();
        var content = RandomBytes(2_000_000);
        for (var cut = 0; cut < 20; cut++)
            peer.Uploads.Cuts.Enqueue(50_000 + cut);
        using var client = PeerRegistry.Client();

        var result = await client.Open(peer.Reference("a")).UploadBlobAsync(Describe(content), Of(content), new BlobUploadOptions(), Cancellation);

        Assert.Equal(BlobUploadOutcome.Uploaded, result.Outcome);
        Assert.Equal(content, peer.Blobs[Digest.OfSha256(content).Value]);
        Assert.Equal(1, peer.Requests.Count(request => request.Method == "POST"));
    }

    [Fact]
    public async Task Upload_WhoseSessionIsForgotten_BeginsAnew()
    {
        await using var peer = await PeerRegistry.StartAsync();
        var content = RandomBytes(200_000);
        var isFirst = true;
        peer.Intercept = context =>
        {
            if (context.Request.Method != "PATCH" || !isFirst)
                return Task.FromResult(false);
            isFirst = false;
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            peer.Uploads.ForgetAll();
            return Task.FromResult(true);
        };
        using var client = PeerRegistry.Client();

        await client.Open(peer.Reference("a")).UploadBlobAsync(Describe(content), Of(content), new BlobUploadOptions(), Cancellation);

        Assert.Equal(content, peer.Blobs[Digest.OfSha256(content).Value]);
        Assert.Equal(2, peer.Requests.Count(request => request.Method == "POST"));
    }

    [Fact]
    public async Task Upload_OfWhatANeighbourHas_IsMounted()
    {
        await using var peer = await PeerRegistry.StartAsync();
        var content = RandomBytes(100_000);
        var blob = Describe(content);
        peer.Uploads.Mountable[blob.Digest.Value] = "c/d";
        using var client = PeerRegistry.Client();

        var result = await client.Open(peer.Reference("a")).UploadBlobAsync(blob, Of(content), new BlobUploadOptions { MountFrom = ["x", "c/d"] }, Cancellation);

        Assert.Equal((BlobUploadOutcome.Mounted, "c/d"), (result.Outcome, result.MountedFrom));
        Assert.DoesNotContain(peer.Requests, request => request.Method is "PATCH" or "PUT");
    }

    [Fact]
    public async Task Upload_RefusedForGood_SaysWhy()
    {
        await using var peer = await PeerRegistry.StartAsync();
        var content = RandomBytes(8_000_000);
        peer.Intercept = async context =>
        {
            if (context.Request.Method != "PATCH")
                return false;
            await PeerRegistry.RefuseAsync(context, StatusCodes.Status403Forbidden, """{"errors":[{"code":"DENIED","message":"quota used up"}]}""");
            return true;
        };
        using var client = PeerRegistry.Client();

        var failure = await Assert.ThrowsAsync<DistributionException>(() =>
            client.Open(peer.Reference("a")).UploadBlobAsync(Describe(content), Of(content), new BlobUploadOptions(), Cancellation));

        Assert.Equal((DistributionErrorKind.Denied, "denied: quota used up"), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task Upload_ToAPeerThatStopsReading_GoesOnOnAnotherConnection()
    {
        await using var peer = await PeerRegistry.StartAsync();
        var content = RandomBytes(30_000_000);
        var isFirst = true;
        peer.Intercept = async context =>
        {
            if (context.Request.Method != "PATCH" || !isFirst)
                return false;
            isFirst = false;
            var gone = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(gone.SetResult);
            await context.Request.Body.ReadExactlyAsync(new byte[1000], context.RequestAborted);
            await gone.Task;
            return true;
        };
        using var client = PeerRegistry.Client(options: PeerRegistry.Impatient with { StallTimeout = TimeSpan.FromMilliseconds(300) });

        await client.Open(peer.Reference("a")).UploadBlobAsync(Describe(content), Of(content), new BlobUploadOptions(), Cancellation);

        Assert.True(peer.Blobs.ContainsKey(Digest.OfSha256(content).Value));
        Assert.False(isFirst);
    }

    [Fact]
    public async Task Upload_GivenUpByItsCaller_Ends()
    {
        await using var peer = await PeerRegistry.StartAsync();
        var content = RandomBytes(30_000_000);
        using var given = new CancellationTokenSource();
        peer.Intercept = async context =>
        {
            if (context.Request.Method != "PATCH")
                return false;
            await given.CancelAsync();
            var gone = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
            return true;
        };
        using var client = PeerRegistry.Client();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Open(peer.Reference("a")).UploadBlobAsync(Describe(content), Of(content), new BlobUploadOptions(), given.Token));
    }

    [Fact]
    public async Task Upload_WhoseSourceFails_IsNotTriedAgain()
    {
        await using var peer = await PeerRegistry.StartAsync();
        var content = RandomBytes(200_000);
        var opened = 0;
        using var client = PeerRegistry.Client();

        var failure = await Assert.ThrowsAsync<IOException>(() => client.Open(peer.Reference("a")).UploadBlobAsync(Describe(content), (_, _) =>
        {
            opened++;
            return ValueTask.FromResult<Stream>(new MemoryStream(content[..1000]));
        }, new BlobUploadOptions(), Cancellation));

        Assert.Contains("ends at byte 1000", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, opened);
    }

    [Fact]
    public async Task Manifest_Put_KeepsItsBytes()
    {
        await using var peer = await PeerRegistry.StartAsync();
        using var client = PeerRegistry.Client();
        var repository = client.Open(peer.Reference("a"));

        var digest = await repository.PutManifestAsync("1", MediaTypes.OciManifest, "{ }"u8.ToArray(), Cancellation);

        Assert.Equal("{ }"u8.ToArray(), (await repository.GetManifestAsync(digest.Value, Cancellation)).Content.ToArray());
        Assert.Equal(MediaTypes.OciManifest, peer.Manifests[("a", "1")].Type);
    }

    private static Descriptor Describe(byte[] content) => new() { MediaType = MediaTypes.OciLayerGzip, Digest = Digest.OfSha256(content), Size = content.Length };

    private static Func<long, CancellationToken, ValueTask<Stream>> Of(byte[] content) =>
        (offset, _) => ValueTask.FromResult<Stream>(new MemoryStream(content[(int)offset..]));

    private static byte[] RandomBytes(int count)
    {
        var content = new byte[count];
        new Random(count).NextBytes(content);
        return content;
    }

    private sealed class Steps : IProgress<long>
    {
        public long Last { get; private set; }

        public void Report(long value) => Last = value;
    }
}
