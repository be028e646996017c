namespace Boreal.Tests.Functional.Registry;

public sealed class TagTests
{
    [Theory]
    [InlineData("", "A,B,a,a-1,b,c", null)]
    [InlineData("?n=2", "A,B", "</v2/x/y/tags/list?last=B&n=2>; rel=\"next\"")]
    [InlineData("?n=2&last=B", "a,a-1", "</v2/x/y/tags/list?last=a-1&n=2>; rel=\"next\"")]
    [InlineData("?n=2&last=a-1", "b,c", null)]
    [InlineData("?n=2&last=a0", "b,c", null)]
    [InlineData("?n=100", "A,B,a,a-1,b,c", null)]
    [InlineData("?last=b", "c", null)]
    [InlineData("?last=z", "", null)]
    [InlineData("?n=0", "", null)]
    public async Task List_OfTags_IsInOrderAndPages(string query, string tags, string? link)
    {
        await using var registry = await RunningRegistry.StartAsync();
        var manifest = await registry.PushImageAsync("x/y", "b");
        foreach (var tag in new[] { "a", "c", "B", "A", "a-1" })
            await registry.PutManifestAsync("x/y", tag, manifest);

        var answer = await registry.GetAsync($"/v2/x/y/tags/list{query}");

        Assert.Equal((200, "x/y", link), (answer.Status, answer.Json.GetProperty("name").GetString(), answer["Link"]));
        Assert.Equal(tags, string.Join(',', answer.Json.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString())));
    }

    [Theory]
    [InlineData("/v2/nowhere/tags/list", 404, "NAME_UNKNOWN")]
    [InlineData("/v2/a/tags/list?n=-1", 400, "SIZE_INVALID")]
    [InlineData("/v2/a/tags/list?n=many", 400, "SIZE_INVALID")]
    public async Task List_ThatCannotBe_HasItsReason(string path, int status, string code)
    {
        await using var registry = await RunningRegistry.StartAsync();
        await registry.PushImageAsync("a", "latest");

        var answer = await registry.GetAsync(path);

        Assert.Equal((status, code), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task Catalog_OfRepositories_IsInOrderAndPages()
    {
        await using var registry = await RunningRegistry.StartAsync();
        foreach (var name in new[] { "b", "a/x", "a-b", "c" })
            await registry.PushImageAsync(name, "latest");
        await registry.PushBlobAsync("only-a-blob", [1]);

        var first = await registry.GetAsync("/v2/_catalog?n=3");
        var rest = await registry.GetAsync(first["Link"]?.Split('<', '>')[1] ?? "");

        Assert.Equal("""{"repositories":["a-b","a/x","b"]}""", first.Text);
        Assert.Equal("""{"repositories":["c"]}""", rest.Text);
        Assert.Null(rest["Link"]);
        Assert.Equal("""{"repositories":["a-b","a/x","b","c"]}""", (await registry.GetAsync("/v2/_catalog")).Text);
        Assert.Equal("""{"repositories":[]}""", (await registry.GetAsync("/v2/_catalog?n=0")).Text);
    }

    [Fact]
    public async Task Catalog_ForSomebody_HasWhatTheyMayRead()
    {
        await using var registry = await RunningRegistry.StartAsync(access: new NamedAccess("b", "d"));
        registry.Client.DefaultRequestHeaders.Add("X-Owner", "1");
        foreach (var name in new[] { "a", "b", "c", "d" })
            await registry.PushImageAsync(name, "latest");
        registry.Client.DefaultRequestHeaders.Remove("X-Owner");

        var all = await registry.GetAsync("/v2/_catalog?n=2");

        Assert.Equal("""{"repositories":["a","c"]}""", all.Text);
        Assert.Null(all["Link"]);
    }
}
