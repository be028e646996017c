using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Boreal.Registry.Access;

namespace Boreal.Tests.Functional.RegistryAccess;

public sealed class TokenAccessTests
{
    private static readonly string[] Users = ["ann team/**:pull,push", "root **:admin"];

    [Fact]
    public async Task Challenge_WithoutCredentials_NamesRealmServiceAndScope()
    {
        await using var site = await StartAsync();
        using var ping = await site.SendAsync(HttpMethod.Get, "/v2/");
        using var push = await site.SendAsync(HttpMethod.Post, "/v2/team/a/blobs/uploads/");
        using var list = await site.SendAsync(HttpMethod.Delete, "/v2/team/a/manifests/x");
        var realm = $"Bearer realm=\"http://{site.Authority}/token\",service=\"own\"";

        Assert.Equal(realm, Text(ping));
        Assert.Equal($"{realm},scope=\"repository:team/a:pull,push\"", Text(push));
        Assert.Equal($"{realm},scope=\"repository:team/a:delete\"", Text(list));
        Assert.Equal(HttpStatusCode.Unauthorized, ping.StatusCode);
    }

    [Theory]
    [InlineData("repository:team/a:pull,push", "/v2/team/a/blobs/uploads/", 202)]
    [InlineData("repository:team/a:pull", "/v2/team/a/blobs/uploads/", 401)]
    [InlineData("repository:team/b:pull,push", "/v2/team/a/blobs/uploads/", 401)]
    [InlineData("repository:other:pull,push", "/v2/other/blobs/uploads/", 403)]
    public async Task Token_OfThatScope_LetsUpload(string scope, string path, int status)
    {
        await using var site = await StartAsync();
        var token = await TokenAsync(site, $"/token?service=own&scope={scope}", SiteFixture.Basic("ann"));
        using var ping = await site.SendAsync(HttpMethod.Get, "/v2/", Bearer(token));
        using var response = await site.SendAsync(HttpMethod.Post, path, Bearer(token));
        Assert.Equal(HttpStatusCode.OK, ping.StatusCode);
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 401)
            Assert.EndsWith("error=\"insufficient_scope\"", Text(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_Anonymous_LetsPullWhatIsPublic()
    {
        await using var site = await StartAsync();
        await RegistryContent.PushImageAsync(site, "pub/a", SiteFixture.Basic("root"));
        var token = await TokenAsync(site, "/token?service=own&scope=repository:pub/a:pull,push", null);
        using var pull = await site.SendAsync(HttpMethod.Get, "/v2/pub/a/manifests/latest", Bearer(token));
        using var push = await site.SendAsync(HttpMethod.Post, "/v2/pub/a/blobs/uploads/", Bearer(token));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Unauthorized], [pull.StatusCode, push.StatusCode]);
    }

    [Theory]
    [InlineData("/token?service=own", "wrong", 401)]
    [InlineData("/token?service=strange", SiteFixture.Password, 400)]
    [InlineData("/token", SiteFixture.Password, 200)]
    public async Task TokenRequest_WithThatPassword_IsAnswered(string path, string password, int status)
    {
        await using var site = await StartAsync();
        using var response = await site.SendAsync(HttpMethod.Get, path, SiteFixture.Basic("ann", password));
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task TokenRequest_OfAnIdentityToken_GivesAccessUntilTheUserIsGone()
    {
        await using var site = await StartAsync();
        using var login = await PostAsync(site, ("grant_type", "password"), ("username", "ann"), ("password", SiteFixture.Password), ("service", "own"), ("access_type", "offline"));
        var identity = (await JsonAsync(login)).GetProperty("refresh_token").GetString() ?? "";
        using var again = await PostAsync(site, ("grant_type", "refresh_token"), ("refresh_token", identity), ("service", "own"), ("scope", "repository:team/a:pull repository:team/b:push"));
        var answer = await JsonAsync(again);
        using var forged = await PostAsync(site, ("grant_type", "refresh_token"), ("refresh_token", identity + "x"), ("service", "own"));
        using var asAccess = await site.SendAsync(HttpMethod.Get, "/v2/", Bearer(identity));

        Assert.Equal("repository:team/a:pull repository:team/b:push", answer.GetProperty("scope").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, asAccess.StatusCode);
    }

    [Fact]
    public async Task TokenRequest_StrangeForm_Is400()
    {
        await using var site = await StartAsync();
        using var grant = await PostAsync(site, ("grant_type", "magic"));
        using var large = await PostAsync(site, ("grant_type", "password"), ("x", new string('x', 70_000)));
        using var put = await site.SendAsync(HttpMethod.Put, "/token");
        Assert.Equal([HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.MethodNotAllowed], [grant.StatusCode, large.StatusCode, put.StatusCode]);
    }

    [Fact]
    public async Task Catalog_ByToken_ShowsWhatItsUserMayPull()
    {
        await using var site = await StartAsync();
        foreach (var name in new[] { "team/a", "pub/b", "secret/c" })
            await RegistryContent.PushImageAsync(site, name, SiteFixture.Basic("root"));
        var token = await TokenAsync(site, "/token?scope=registry:catalog:*", SiteFixture.Basic("ann"));
        Assert.Equal("""{"repositories":["pub/b","team/a"]}""", await RegistryContent.ReadAsync(site, "/v2/_catalog", Bearer(token)));
    }

    private static Task<SiteFixture> StartAsync() => SiteFixture.StartAsync(AuthenticationScheme.Token, Users, "pub/**:pull");

    private static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);

    private static string Text(HttpResponseMessage response) => response.Headers.NonValidated["WWW-Authenticate"].ToString();

    private static async Task<string> TokenAsync(SiteFixture site, string path, AuthenticationHeaderValue? authorization)
    {
        using var response = await site.SendAsync(HttpMethod.Get, path, authorization);
        return (await JsonAsync(response)).GetProperty("token").GetString() ?? "";
    }

    private static Task<HttpResponseMessage> PostAsync(SiteFixture site, params (string Name, string Value)[] fields) =>
        site.SendAsync(HttpMethod.Post, "/token", content: new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }
}
