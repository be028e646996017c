using Boreal.Oci.Content;
using Boreal.Oci.Distribution;
using Microsoft.AspNetCore.Http;

namespace Boreal.Tests.Functional.Distribution;

public sealed class AuthorizationTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;
    private static readonly RegistryCredentials Ann = new() { Username = PeerTokens.User, Password = PeerTokens.Password };

    [Fact]
    public async Task Basic_WithCredentials_AreSent()
    {
        await using var peer = await PeerRegistry.StartAsync();
        peer.AddManifest("a", "1", "{}"u8.ToArray());
        peer.Intercept = WantsBasicAsync;
        using var client = PeerRegistry.Client();

        await client.Open(peer.Reference("a"), Ann).GetManifestAsync("1", Cancellation);

        Assert.Equal([null, PeerTokens.Basic], peer.Requests.Select(request => request.Authorization));
    }

    [Fact]
    public async Task Basic_WithoutCredentials_HasDockersWords()
    {
        await using var peer = await PeerRegistry.StartAsync();
        peer.Intercept = WantsBasicAsync;
        using var client = PeerRegistry.Client();

        var failure = await Assert.ThrowsAsync<DistributionException>(() => client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation));

        Assert.Equal((DistributionErrorKind.Unauthorized, $"Head \"http://{peer.Host}/v2/a/manifests/1\": no basic auth credentials"), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task Basic_WithWrongCredentials_AreNotTriedAgain()
    {
        await using var peer = await PeerRegistry.StartAsync();
        peer.Intercept = WantsBasicAsync;
        using var client = PeerRegistry.Client();

        var failure = await Assert.ThrowsAsync<DistributionException>(() => client.Open(peer.Reference("a"), Ann with { Password = "x" }).GetManifestAsync("1", Cancellation));

        Assert.Equal((DistributionErrorKind.Unauthorized, "unauthorized: authentication required"), (failure.Kind, failure.Message));
        Assert.Equal(2, peer.Requests.Count);
    }

    [Fact]
    public async Task Token_OnceFetched_ServesUntilItEnds()
    {
        await using var peer = await PeerRegistry.StartAsync();
        peer.AddManifest("a/b", "1", "{}"u8.ToArray());
        var tokens = new PeerTokens(peer);
        peer.Intercept = tokens.AnswerAsync;
        using var client = PeerRegistry.Client();

        await client.Open(peer.Reference("a/b")).GetManifestAsync("1", Cancellation);
        await client.Open(peer.Reference("a/b")).GetManifestAsync("1", Cancellation);

        Assert.Equal(["GET /v2/", "GET /token?scope=repository%3Aa%2Fb%3Apull&service=svc", "GET /v2/a/b/manifests/1", "GET /v2/a/b/manifests/1"], peer.Asked);
    }

    [Fact]
    public async Task Token_ThatNoLongerCounts_IsFetchedAnew()
    {
        await using var peer = await PeerRegistry.StartAsync();
        peer.AddManifest("a", "1", "{}"u8.ToArray());
        var tokens = new PeerTokens(peer);
        peer.Intercept = tokens.AnswerAsync;
        using var client = PeerRegistry.Client();
        await client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation);

        tokens.Scopes.Clear();
        await client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation);

        Assert.Equal(2, peer.Requests.Count(request => request.Path == "/token"));
    }

    [Fact]
    public async Task Token_OfAUser_IsFetchedWithThePassword()
    {
        await using var peer = await PeerRegistry.StartAsync();
        peer.AddManifest("a", "1", "{}"u8.ToArray());
        var tokens = new PeerTokens(peer) { TakesAnonymous = false };
        peer.Intercept = tokens.AnswerAsync;
        using var client = PeerRegistry.Client();

        await client.Open(peer.Reference("a"), Ann).GetManifestAsync("1", Cancellation);

        var asked = Assert.Single(peer.Requests, request => request.Path == "/token");
        Assert.Equal((PeerTokens.Basic, "?account=ann&scope=repository%3Aa%3Apull&service=svc"), (asked.Authorization, asked.Query));
        var failure = await Assert.ThrowsAsync<DistributionException>(() => client.Open(peer.Reference("a")).GetManifestAsync("1", Cancellation));
        Assert.Equal($"Head \"http://{peer.Host}/v2/a/manifests/1\": unauthorized: incorrect username or password", failure.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Token_FromAnOAuthServer_IsPostedFor(bool byIdentityToken)
    {
        await using var peer = await PeerRegistry.StartAsync();
        peer.AddManifest("a", "1", "{}"u8.ToArray());
        var tokens = new PeerTokens(peer) { TakesAnonymous = false, RefusesGet = true };
        peer.Intercept = tokens.AnswerAsync;
        using var client = PeerRegistry.Client();
        // What credential helpers give for an identity token.
        var credentials = byIdentityToken ? new RegistryCredentials { Username = "<token>", Password = PeerTokens.IdentityToken } : Ann;

        await client.Open(peer.Reference("a"), credentials).GetManifestAsync("1", Cancellation);

        Assert.Contains(peer.Requests, request => request is { Method: "POST", Path: "/token" });
        Assert.Equal(!byIdentityToken, peer.Requests.Any(request => request is { Method: "GET", Path: "/token" }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Token_FromAServerThatMoved_IsFetchedThere_ThePasswordOnlyWithinIt(bool toAnotherHost)
    {
        await using var other = await PeerRegistry.StartAsync();
        await using var peer = await PeerRegistry.StartAsync();
        peer.AddManifest("a", "1", "{}"u8.ToArray());
        var tokens = new PeerTokens(peer);
        other.Intercept = tokens.AnswerAsync;
        peer.Intercept = async context =>
        {
            if (context.Request.Path != "/token" || context.Request.Query["moved"].Count > 0)
                return await tokens.AnswerAsync(context);
            context.Response.StatusCode = StatusCodes.Status302Found;
            context.Response.Headers.Location = $"{(toAnotherHost ? $"http://{other.Host}" : "")}/token{context.Request.QueryString}&moved=1";
            return true;
        };
        using var client = PeerRegistry.Client();

        await client.Open(peer.Reference("a"), Ann).GetManifestAsync("1", Cancellation);

        var asked = Assert.Single((toAnotherHost ? other : peer).Requests, request => request.Query.Contains("moved", StringComparison.Ordinal));
        Assert.Equal(toAnotherHost ? null : PeerTokens.Basic, asked.Authorization);
    }

    [Fact]
    public async Task RegistryToken_IsSentAsItIs()
    {
        await using var peer = await PeerRegistry.StartAsync();
        peer.AddManifest("a", "1", "{}"u8.ToArray());
        var tokens = new PeerTokens(peer) { Scopes = { ["given"] = "repository:a:pull" } };
        peer.Intercept = tokens.AnswerAsync;
        using var client = PeerRegistry.Client();

        await client.Open(peer.Reference("a"), new RegistryCredentials { RegistryToken = "given" }).GetManifestAsync("1", Cancellation);

        Assert.DoesNotContain(peer.Requests, request => request.Path == "/token");
    }

    [Fact]
    public async Task Push_WithANeighbour_AsksForBothRights()
    {
        await using var peer = await PeerRegistry.StartAsync();
        var tokens = new PeerTokens(peer);
        peer.Intercept = tokens.AnswerAsync;
        using var client = PeerRegistry.Client();
        var content = new byte[100_000];
        var blob = new Descriptor { MediaType = MediaTypes.OciLayerGzip, Digest = Digest.OfSha256(content), Size = content.Length };

        await client.Open(peer.Reference("a"), Ann).UploadBlobAsync(blob, (offset, _) => ValueTask.FromResult<Stream>(new MemoryStream(content[(int)offset..])), new BlobUploadOptions { MountFrom = ["n/m"] }, Cancellation);

        var asked = Assert.Single(peer.Requests, request => request.Path == "/token");
        Assert.Equal("?account=ann&scope=repository%3Aa%3Apull%2Cpush&scope=repository%3An%2Fm%3Apull&service=svc", asked.Query);
    }

    [Fact]
    public async Task Login_WithGoodCredentials_GivesTheIdentityToken()
    {
        await using var peer = await PeerRegistry.StartAsync();
        var tokens = new PeerTokens(peer) { TakesAnonymous = false };
        peer.Intercept = tokens.AnswerAsync;
        using var client = PeerRegistry.Client();

        Assert.Equal(PeerTokens.IdentityToken, await client.CheckLoginAsync(peer.Host, Ann, Cancellation));

        Assert.Contains(peer.Requests, request => request.Query == "?account=ann&client_id=docker&offline_token=true&service=svc");
        var failure = await Assert.ThrowsAsync<DistributionException>(() => client.CheckLoginAsync(peer.Host, Ann with { Password = "x" }, Cancellation));
        Assert.Equal((DistributionErrorKind.Unauthorized, $"Get \"http://{peer.Host}/v2/\": unauthorized: incorrect username or password"), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task Login_AtABasicRegistry_IsTheRootsAnswer()
    {
        await using var peer = await PeerRegistry.StartAsync();
        peer.Intercept = WantsBasicAsync;
        using var client = PeerRegistry.Client();

        Assert.Equal("", await client.CheckLoginAsync(peer.Host, Ann, Cancellation));

        var failure = await Assert.ThrowsAsync<DistributionException>(() => client.CheckLoginAsync(peer.Host, Ann with { Password = "x" }, Cancellation));
        Assert.Equal((DistributionErrorKind.Unauthorized, $"login attempt to http://{peer.Host}/v2/ failed with status: 401 Unauthorized"), (failure.Kind, failure.Message));
    }

    private static async Task<bool> WantsBasicAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization == PeerTokens.Basic)
            return false;
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"r\"";
        await PeerRegistry.RefuseAsync(context, StatusCodes.Status401Unauthorized, """{"errors":[{"code":"UNAUTHORIZED","message":"authentication required","detail":[]}]}""");
        return true;
    }
}
