using Boreal.Oci.Content;

namespace Boreal.Tests.Functional.Registry;

public sealed class BlobReadTests
{
    private static readonly byte[] Blob = Content.Random(1000);

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task Blob_There_HasItsDigestAndSize(string method)
    {
        await using var registry = await RunningRegistry.StartAsync();
        var digest = await registry.PushBlobAsync("a/b", Blob);

        var answer = await registry.SendAsync(new HttpMethod(method), $"/v2/a/b/blobs/{digest}");

        Assert.Equal((200, digest, "1000"), (answer.Status, answer["Docker-Content-Digest"], answer["Content-Length"]));
        Assert.Equal("bytes", answer["Accept-Ranges"]);
        Assert.Equal(method == "GET" ? Blob : [], answer.Body);
    }

    [Theory]
    [InlineData("sha256")]
    [InlineData("sha512")]
    public async Task Blob_OfNothing_IsABlob(string algorithm)
    {
        await using var registry = await RunningRegistry.StartAsync();
        var digest = await registry.PushBlobAsync("a", [], algorithm);

        var answer = await registry.GetAsync($"/v2/a/blobs/{digest}");

        Assert.Equal((200, "0", digest), (answer.Status, answer["Content-Length"], answer["Docker-Content-Digest"]));
    }

    [Theory]
    [InlineData("bytes=0-99", 0, 100)]
    [InlineData("bytes=500-", 500, 500)]
    [InlineData("bytes=-100", 900, 100)]
    [InlineData("bytes=-5000", 0, 1000)]
    [InlineData("bytes=990-2000", 990, 10)]
    [InlineData("bytes=0-0", 0, 1)]
    public async Task Range_WithinTheBlob_IsAnsweredWithThatPart(string range, int start, int length)
    {
        await using var registry = await RunningRegistry.StartAsync();
        var digest = await registry.PushBlobAsync("a", Blob);

        var answer = await registry.GetAsync($"/v2/a/blobs/{digest}", ("Range", range));

        Assert.Equal((206, $"bytes {start}-{start + length - 1}/1000"), (answer.Status, answer["Content-Range"]));
        Assert.Equal(Blob[start..(start + length)], answer.Body);
    }

    [Theory]
    [InlineData("bytes=1000-")]
    [InlineData("bytes=5000-6000")]
    [InlineData("bytes=-0")]
    [InlineData("bytes=500-0")]
    public async Task Range_PastTheEnd_CannotBeSatisfied(string range)
    {
        await using var registry = await RunningRegistry.StartAsync();
        var digest = await registry.PushBlobAsync("a", Blob);

        var answer = await registry.GetAsync($"/v2/a/blobs/{digest}", ("Range", range));

        Assert.Equal((416, "bytes */1000"), (answer.Status, answer["Content-Range"]));
    }

    [Theory]
    [InlineData("lines=1-2")]
    [InlineData("bytes=0-1,5-6")]
    [InlineData("bytes=x")]
    [InlineData("bytes=a-b")]
    public async Task Range_NotOneOfBytes_IsIgnored(string range)
    {
        await using var registry = await RunningRegistry.StartAsync();
        var digest = await registry.PushBlobAsync("a", Blob);

        Assert.Equal(200, (await registry.GetAsync($"/v2/a/blobs/{digest}", ("Range", range))).Status);
    }

    [Fact]
    public async Task Blob_ClientHas_IsNotSentAgain()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var digest = await registry.PushBlobAsync("a", Blob);

        var answer = await registry.GetAsync($"/v2/a/blobs/{digest}", ("If-None-Match", $"\"{digest}\""));

        Assert.Equal((304, 0), (answer.Status, answer.Body.Length));
    }

    [Theory]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000", 404, "BLOB_UNKNOWN")]
    [InlineData("sha256:baddigeststring", 400, "DIGEST_INVALID")]
    [InlineData("md5:d41d8cd98f00b204e9800998ecf8427e", 400, "DIGEST_INVALID")]
    [InlineData("sha256:..%2f..%2fetc%2fpasswd", 400, "DIGEST_INVALID")]
    public async Task Blob_NotThere_HasItsReason(string digest, int status, string code)
    {
        await using var registry = await RunningRegistry.StartAsync();

        var answer = await registry.GetAsync($"/v2/a/blobs/{digest}");

        Assert.Equal((status, code), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task Blob_OfAnotherRepository_IsUnknown()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var digest = await registry.PushBlobAsync("a", Blob);

        Assert.Equal("BLOB_UNKNOWN", (await registry.GetAsync($"/v2/b/blobs/{digest}")).Error);
    }

    [Fact]
    public async Task Repository_OnDisk_IsALayoutWithSharedFiles()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var digest = Digest.Parse(await registry.PushBlobAsync("a/b", Blob));
        await registry.PushBlobAsync("index.json/blobs", Blob);

        Assert.Equal("""{"imageLayoutVersion":"1.0.0"}""", await File.ReadAllTextAsync(Path.Combine(registry.Data, "repositories/a/b/oci-layout"), TestContext.Current.CancellationToken));
        foreach (var path in new[] { "blobs", "repositories/a/b/blobs", "repositories/_index.json/_blobs/blobs" })
            Assert.Equal(Blob, await File.ReadAllBytesAsync(Path.Combine(registry.Data, path, "sha256", digest.Hex), TestContext.Current.CancellationToken));
    }
}
