using System.Net;
using System.Net.Http.Headers;
using Boreal.Registry.Access;

namespace Boreal.Tests.Functional.RegistryAccess;

public sealed class BasicAccessTests
{
    private static readonly string[] Users = ["ann team/**:pull,push", "root **:admin", "none"];

    [Theory]
    [InlineData(null, "GET", "/v2/", 401)]
    [InlineData("ann", "GET", "/v2/", 200)]
    [InlineData("none", "GET", "/v2/", 200)]
    [InlineData("nobody", "GET", "/v2/", 401)]
    [InlineData(null, "GET", "/v2/team/a/tags/list", 401)]
    [InlineData("ann", "GET", "/v2/team/a/tags/list", 404)]
    [InlineData("ann", "GET", "/v2/other/tags/list", 403)]
    [InlineData(null, "GET", "/v2/pub/a/tags/list", 404)]
    [InlineData("none", "GET", "/v2/pub/a/tags/list", 404)]
    [InlineData(null, "POST", "/v2/pub/a/blobs/uploads/", 401)]
    [InlineData("ann", "POST", "/v2/team/a/blobs/uploads/", 202)]
    [InlineData("ann", "POST", "/v2/pub/a/blobs/uploads/", 403)]
    [InlineData("ann", "DELETE", "/v2/team/a/manifests/x", 403)]
    [InlineData("root", "DELETE", "/v2/team/a/manifests/x", 404)]
    [InlineData("ann", "GET", "/metrics", 403)]
    [InlineData("root", "GET", "/metrics", 200)]
    [InlineData(null, "GET", "/metrics", 401)]
    [InlineData(null, "GET", "/healthz", 200)]
    public async Task Request_OfThatUser_IsAnswered(string? user, string method, string path, int status)
    {
        await using var site = await SiteFixture.StartAsync(AuthenticationScheme.Basic, Users, "pub/**:pull");
        using var response = await site.SendAsync(new HttpMethod(method), path, user is null ? null : SiteFixture.Basic(user));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 401 ? "Basic realm=\"own\"" : "", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Request_WrongPassword_IsRefusedEverywhere()
    {
        await using var site = await SiteFixture.StartAsync(AuthenticationScheme.Basic, Users, "pub/**:pull");
        using var ping = await site.SendAsync(HttpMethod.Get, "/v2/", SiteFixture.Basic("ann", "wrong"));
        using var open = await site.SendAsync(HttpMethod.Get, "/v2/pub/a/tags/list", SiteFixture.Basic("ann", "wrong"));
        using var broken = await site.SendAsync(HttpMethod.Get, "/v2/", new AuthenticationHeaderValue("Basic", "!"));
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], [ping.StatusCode, open.StatusCode, broken.StatusCode]);
    }

    [Fact]
    public async Task Request_NoUsersKept_IsForEverybody()
    {
        await using var site = await SiteFixture.StartAsync(AuthenticationScheme.Basic, []);
        using var ping = await site.SendAsync(HttpMethod.Get, "/v2/");
        using var upload = await site.SendAsync(HttpMethod.Post, "/v2/a/blobs/uploads/");
        using var token = await site.SendAsync(HttpMethod.Get, "/token");
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Accepted, HttpStatusCode.NotFound], [ping.StatusCode, upload.StatusCode, token.StatusCode]);
    }

    [Fact]
    public async Task Mount_FromRepositoryThatIsNotTheCallers_BeginsAnUpload()
    {
        await using var site = await SiteFixture.StartAsync(AuthenticationScheme.Basic, Users);
        var digest = await RegistryContent.PushBlobAsync(site, "secret/x", SiteFixture.Basic("root"), "content"u8.ToArray());

        using var own = await site.SendAsync(HttpMethod.Post, $"/v2/team/a/blobs/uploads/?mount={digest}&from=secret/x", SiteFixture.Basic("ann"));
        using var anonymous = await site.SendAsync(HttpMethod.Post, $"/v2/team/a/blobs/uploads/?mount={digest}", SiteFixture.Basic("ann"));
        using var allowed = await site.SendAsync(HttpMethod.Post, $"/v2/team/a/blobs/uploads/?mount={digest}&from=secret/x", SiteFixture.Basic("root"));
        Assert.Equal([HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.Created], [own.StatusCode, anonymous.StatusCode, allowed.StatusCode]);
    }

    [Fact]
    public async Task Catalog_Listed_ShowsWhatTheCallerMayPull()
    {
        await using var site = await SiteFixture.StartAsync(AuthenticationScheme.Basic, Users, "pub/**:pull");
        foreach (var name in new[] { "team/a", "pub/b", "secret/c" })
            await RegistryContent.PushImageAsync(site, name, SiteFixture.Basic("root"));

        Assert.Equal("""{"repositories":["pub/b"]}""", await RegistryContent.ReadAsync(site, "/v2/_catalog", null));
        Assert.Equal("""{"repositories":["pub/b","team/a"]}""", await RegistryContent.ReadAsync(site, "/v2/_catalog", SiteFixture.Basic("ann")));
        Assert.Equal("""{"repositories":["pub/b","secret/c","team/a"]}""", await RegistryContent.ReadAsync(site, "/v2/_catalog", SiteFixture.Basic("root")));
    }
}
