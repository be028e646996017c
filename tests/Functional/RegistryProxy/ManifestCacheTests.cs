using System.Net;
using Boreal.Tests.Functional.RegistryAccess;

namespace Boreal.Tests.Functional.RegistryProxy;

public sealed class ManifestCacheTests
{
    private const string Latest = "/v2/team/a/manifests/latest";

    [Fact]
    public async Task Tag_AskedTwiceWithinItsAge_CostsOneRequest()
    {
        await using var upstream = await MoodyUpstream.StartAsync();
        var digest = await RegistryContent.PushImageAsync(upstream.Site, "team/a", null);
        await using var cache = await SiteFixture.StartCacheAsync(upstream.Site.Authority, TimeSpan.FromMinutes(1));
        using var first = await cache.SendAsync(HttpMethod.Get, Latest);
        using var second = await cache.SendAsync(HttpMethod.Head, Latest);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [first.StatusCode, second.StatusCode]);
        Assert.Equal(digest.Value, second.Headers.GetValues("Docker-Content-Digest").Single());
        Assert.Equal((1, 0), (upstream.Count("GET", "/manifests/latest"), upstream.Count("HEAD", "/manifests/latest")));
    }

    [Fact]
    public async Task Tag_AskedAgainLater_IsComparedByHead()
    {
        await using var upstream = await MoodyUpstream.StartAsync();
        await RegistryContent.PushImageAsync(upstream.Site, "team/a", null);
        await using var cache = await SiteFixture.StartCacheAsync(upstream.Site.Authority, TimeSpan.Zero);
        using var first = await cache.SendAsync(HttpMethod.Get, Latest);
        using var same = await cache.SendAsync(HttpMethod.Get, Latest);
        var moved = await RegistryContent.PushImageAsync(upstream.Site, "team/a", null, "another layer");
        using var other = await cache.SendAsync(HttpMethod.Get, Latest);

        Assert.Equal(2, upstream.Count("GET", "/manifests/latest"));
        Assert.Equal(moved.Value, other.Headers.GetValues("Docker-Content-Digest").Single());
    }

    [Theory]
    [InlineData(nameof(Mood.Down))]
    [InlineData(nameof(Mood.Limiting))]
    public async Task Tag_UpstreamInTrouble_IsServedFromHereAlsoAfterARestart(string mood)
    {
        await using var upstream = await MoodyUpstream.StartAsync();
        var digest = await RegistryContent.PushImageAsync(upstream.Site, "team/a", null);
        var cache = await SiteFixture.StartCacheAsync(upstream.Site.Authority, TimeSpan.Zero);
        using (await cache.SendAsync(HttpMethod.Get, Latest))
            upstream.Mood = Enum.Parse<Mood>(mood);
        await using var again = await SiteFixture.StartCacheAsync(upstream.Site.Authority, TimeSpan.Zero, await cache.StopAsync());
        using var stale = await again.SendAsync(HttpMethod.Get, Latest);
        using var quick = await again.SendAsync(HttpMethod.Get, Latest);
        using var byDigest = await again.SendAsync(HttpMethod.Get, $"/v2/team/a/manifests/{digest}");

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK], [stale.StatusCode, quick.StatusCode, byDigest.StatusCode]);
        Assert.StartsWith("299 - \"from the cache", stale.Headers.NonValidated["Warning"].ToString(), StringComparison.Ordinal);
        Assert.Contains("not asked", quick.Headers.NonValidated["Warning"].ToString(), StringComparison.Ordinal);
        Assert.False(byDigest.Headers.Contains("Warning"));
    }

    [Theory]
    [InlineData(nameof(Mood.Good), 404)]
    [InlineData(nameof(Mood.Down), 502)]
    [InlineData(nameof(Mood.Limiting), 429)]
    public async Task Tag_NeverHere_IsAnsweredAsTheUpstreamIs(string mood, int status)
    {
        await using var upstream = await MoodyUpstream.StartAsync();
        upstream.Mood = Enum.Parse<Mood>(mood);
        await using var cache = await SiteFixture.StartCacheAsync(upstream.Site.Authority, TimeSpan.Zero);
        using var response = await cache.SendAsync(HttpMethod.Get, Latest);
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 429)
            Assert.Equal(TimeSpan.FromSeconds(90), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Tag_DeletedUpstream_IsGoneHereToo()
    {
        await using var upstream = await MoodyUpstream.StartAsync();
        var digest = await RegistryContent.PushImageAsync(upstream.Site, "team/a", null);
        await using var cache = await SiteFixture.StartCacheAsync(upstream.Site.Authority, TimeSpan.Zero);
        using var first = await cache.SendAsync(HttpMethod.Get, Latest);
        using var deleted = await upstream.Site.SendAsync(HttpMethod.Delete, Latest);
        using var gone = await cache.SendAsync(HttpMethod.Get, Latest);
        using var kept = await cache.SendAsync(HttpMethod.Get, $"/v2/team/a/manifests/{digest}");
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.OK], [gone.StatusCode, kept.StatusCode]);
    }

    [Fact]
    public async Task Tag_AskedByManyAtOnce_CostsOneRequest()
    {
        await using var upstream = await MoodyUpstream.StartAsync();
        await RegistryContent.PushImageAsync(upstream.Site, "team/a", null);
        await using var cache = await SiteFixture.StartCacheAsync(upstream.Site.Authority, TimeSpan.FromMinutes(1));
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => cache.SendAsync(HttpMethod.Get, Latest)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(1, upstream.Count("GET", "/manifests/latest"));
    }

    [Fact]
    public async Task Requests_OfAnotherNamespace_AreRefused()
    {
        await using var upstream = await MoodyUpstream.StartAsync();
        await RegistryContent.PushImageAsync(upstream.Site, "team/a", null);
        await using var cache = await SiteFixture.StartCacheAsync(upstream.Site.Authority, TimeSpan.FromMinutes(1));
        using var own = await cache.SendAsync(HttpMethod.Get, $"{Latest}?ns={upstream.Site.Authority}");
        using var other = await cache.SendAsync(HttpMethod.Get, $"{Latest}?ns=docker.io");
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotFound], [own.StatusCode, other.StatusCode]);
        Assert.Equal(upstream.Site.Authority, own.Headers.GetValues("OCI-Namespace").Single());
    }

    [Fact]
    public async Task Pushes_ToACache_AreRefused()
    {
        await using var upstream = await MoodyUpstream.StartAsync();
        await using var cache = await SiteFixture.StartCacheAsync(upstream.Site.Authority, TimeSpan.Zero);
        using var upload = await cache.SendAsync(HttpMethod.Post, "/v2/team/a/blobs/uploads/");
        using var manifest = await cache.SendAsync(HttpMethod.Put, Latest);
        using var delete = await cache.SendAsync(HttpMethod.Delete, Latest);
        Assert.Equal(
            [HttpStatusCode.MethodNotAllowed, HttpStatusCode.MethodNotAllowed, HttpStatusCode.MethodNotAllowed],
            [upload.StatusCode, manifest.StatusCode, delete.StatusCode]);
    }

    [Fact]
    public async Task Tags_Listed_AreTheUpstreamsAndElseOurs()
    {
        await using var upstream = await MoodyUpstream.StartAsync();
        await RegistryContent.PushImageAsync(upstream.Site, "team/a", null);
        await using var cache = await SiteFixture.StartCacheAsync(upstream.Site.Authority, TimeSpan.Zero);
        Assert.Equal("""{"name":"team/a","tags":["latest"]}""", await RegistryContent.ReadAsync(cache, "/v2/team/a/tags/list", null));
        using var get = await cache.SendAsync(HttpMethod.Get, Latest);
        upstream.Mood = Mood.Down;
        Assert.Equal("""{"name":"team/a","tags":["latest"]}""", await RegistryContent.ReadAsync(cache, "/v2/team/a/tags/list", null));
    }
}
