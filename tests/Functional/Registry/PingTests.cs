namespace Boreal.Tests.Functional.Registry;

public sealed class PingTests
{
    [Theory]
    [InlineData("/v2/")]
    [InlineData("/v2")]
    public async Task Ping_Open_IsTheVersionOldClientsLookFor(string path)
    {
        await using var registry = await RunningRegistry.StartAsync();

        var answer = await registry.GetAsync(path);

        Assert.Equal((200, "{}", "registry/2.0"), (answer.Status, answer.Text, answer["Docker-Distribution-Api-Version"]));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v1/_ping")]
    [InlineData("/v2/name")]
    [InlineData("/v2//manifests/latest")]
    public async Task Page_NotOfTheProtocol_IsNotFound(string path)
    {
        await using var registry = await RunningRegistry.StartAsync();

        Assert.Equal(404, (await registry.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Discover_OfRegistryAndRepository_ListsExtensions()
    {
        await using var registry = await RunningRegistry.StartAsync();

        Assert.Equal("_boreal", (await registry.GetAsync("/v2/_oci/ext/discover")).Json.GetProperty("extensions")[0].GetProperty("name").GetString());
        Assert.Equal(0, (await registry.GetAsync("/v2/a/b/_oci/ext/discover")).Json.GetProperty("extensions").GetArrayLength());
    }

    [Theory]
    [InlineData("DELETE", "/v2/")]
    [InlineData("POST", "/v2/a/tags/list")]
    [InlineData("PATCH", "/v2/a/manifests/x")]
    [InlineData("PUT", "/v2/a/blobs/uploads/")]
    [InlineData("GET", "/v2/_boreal/gc")]
    public async Task Method_NotOfThePage_IsUnsupported(string method, string path)
    {
        await using var registry = await RunningRegistry.StartAsync();

        var answer = await registry.SendAsync(new HttpMethod(method), path);

        Assert.Equal((405, "UNSUPPORTED"), (answer.Status, answer.Error));
    }

    [Theory]
    [InlineData("/v2/A/tags/list")]
    [InlineData("/v2/a_/manifests/x")]
    [InlineData("/v2/a..b/manifests/x")]
    [InlineData("/v2/-a/manifests/x")]
    [InlineData("/v2/a/%2e%2e%2fb/manifests/x")]
    [InlineData("/v2/a___b/manifests/x")]
    public async Task Name_NotOfTheGrammar_IsInvalid(string path)
    {
        await using var registry = await RunningRegistry.StartAsync();

        var answer = await registry.GetAsync(path);

        Assert.Equal((400, "NAME_INVALID"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task Name_Longer255_IsInvalid()
    {
        await using var registry = await RunningRegistry.StartAsync();

        Assert.Equal("NAME_INVALID", (await registry.GetAsync($"/v2/{new string('a', 256)}/tags/list")).Error);
    }
}
