using System.Net;
using System.Net.Http.Headers;
using Boreal.Oci.Content;
using Boreal.Tests.Functional.RegistryAccess;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Functional.RegistryProxy;

public sealed class BlobCacheTests
{
    private static readonly byte[] Content = [.. Enumerable.Repeat((byte)7, 1_000_000)];

    [Fact]
    public async Task Blob_ReadByManyAtOnce_IsFetchedOnceAndRelayedAsItComes()
    {
        await using var upstream = await MoodyUpstream.StartAsync();
        var path = await PushAsync(upstream);
        upstream.Mood = Mood.Slow;
        await using var cache = await SiteFixture.StartCacheAsync(upstream.Site.Authority, TimeSpan.Zero);
        var readers = Enumerable.Range(0, 10).Select(_ => cache.Client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken)).ToList();
        var responses = await Task.WhenAll(readers);
        // The upstream holds the second half: what is read now came through.
        await using (var stream = await responses[0].Content.ReadAsStreamAsync(TestContext.Current.CancellationToken))
        {
            var half = new byte[400_000];
            await stream.ReadExactlyAsync(half, TestContext.Current.CancellationToken);
            upstream.Held.SetResult();
        }
        foreach (var response in responses[1..])
            Assert.Equal(Content, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, upstream.Count("GET", path));
    }

    [Fact]
    public async Task Blob_ReadOnce_IsHereWhenTheUpstreamIsDown()
    {
        await using var upstream = await MoodyUpstream.StartAsync();
        var path = await PushAsync(upstream);
        await using var cache = await SiteFixture.StartCacheAsync(upstream.Site.Authority, TimeSpan.Zero);
        using var head = await cache.SendAsync(HttpMethod.Head, path);
        Assert.Equal(Content, await cache.Client.GetByteArrayAsync(path, TestContext.Current.CancellationToken));
        upstream.Mood = Mood.Down;
        Assert.Equal(Content, await cache.Client.GetByteArrayAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal(Content.Length, head.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Blob_PartAskedFor_IsThatPart()
    {
        await using var upstream = await MoodyUpstream.StartAsync();
        var path = await PushAsync(upstream);
        await using var cache = await SiteFixture.StartCacheAsync(upstream.Site.Authority, TimeSpan.Zero);
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Range = new RangeHeaderValue(999_990, null) } };
        using var response = await cache.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(10, (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task Blob_ReaderLeaves_ComesNevertheless()
    {
        await using var upstream = await MoodyUpstream.StartAsync();
        var path = await PushAsync(upstream);
        upstream.Mood = Mood.Slow;
        await using var cache = await SiteFixture.StartCacheAsync(upstream.Site.Authority, TimeSpan.Zero);
        (await cache.Client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken)).Dispose();
        upstream.Held.SetResult();
        var file = Path.Combine(cache.Folder, "data", "repositories", "team", "a", "blobs", "sha256", Digest.OfSha256(Content).Hex);
        await Eventually.HoldsAsync(() => File.Exists(file), "the blob is kept");
        Assert.Equal(1, upstream.Count("GET", path));
    }

    [Fact]
    public async Task Blob_WithOtherBytes_IsCutAndNotKept()
    {
        await using var upstream = await MoodyUpstream.StartAsync();
        var path = await PushAsync(upstream);
        upstream.Mood = Mood.Lying;
        await using var cache = await SiteFixture.StartCacheAsync(upstream.Site.Authority, TimeSpan.Zero);
        await Assert.ThrowsAsync<HttpRequestException>(() => cache.Client.GetByteArrayAsync(path, TestContext.Current.CancellationToken));
        var uploads = Path.Combine(cache.Folder, "data", "uploads");
        await Eventually.HoldsAsync(() => !Directory.EnumerateFileSystemEntries(uploads).Any(), "nothing is left of it");
        upstream.Mood = Mood.Good;
        Assert.Equal(Content, await cache.Client.GetByteArrayAsync(path, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(nameof(Mood.Good), 404)]
    [InlineData(nameof(Mood.Down), 502)]
    [InlineData(nameof(Mood.Limiting), 429)]
    public async Task Blob_ThatCannotBeHad_IsAnsweredAsTheUpstreamIs(string mood, int status)
    {
        await using var upstream = await MoodyUpstream.StartAsync();
        upstream.Mood = Enum.Parse<Mood>(mood);
        await using var cache = await SiteFixture.StartCacheAsync(upstream.Site.Authority, TimeSpan.Zero);
        using var response = await cache.SendAsync(HttpMethod.Get, $"/v2/team/a/blobs/{Digest.OfSha256([1])}");
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Blob_Empty_IsRelayed()
    {
        await using var upstream = await MoodyUpstream.StartAsync();
        var digest = await RegistryContent.PushBlobAsync(upstream.Site, "team/a", null, []);
        await using var cache = await SiteFixture.StartCacheAsync(upstream.Site.Authority, TimeSpan.Zero);
        Assert.Empty(await cache.Client.GetByteArrayAsync($"/v2/team/a/blobs/{digest}", TestContext.Current.CancellationToken));
    }

    private static async Task<string> PushAsync(MoodyUpstream upstream) =>
        $"/v2/team/a/blobs/{await RegistryContent.PushBlobAsync(upstream.Site, "team/a", null, Content)}";
}
