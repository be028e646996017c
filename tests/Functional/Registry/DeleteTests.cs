namespace Boreal.Tests.Functional.Registry;

public sealed class DeleteTests
{
    [Fact]
    public async Task Delete_OfATag_OnlyTakesTheTag()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var manifest = await registry.PushImageAsync("a", "one");
        await registry.PutManifestAsync("a", "two", manifest);

        Assert.Equal(202, (await registry.SendAsync(HttpMethod.Delete, "/v2/a/manifests/one")).Status);

        Assert.Equal(404, (await registry.GetAsync("/v2/a/manifests/one")).Status);
        Assert.Equal(200, (await registry.GetAsync("/v2/a/manifests/two")).Status);
        Assert.Equal(200, (await registry.GetAsync($"/v2/a/manifests/{Content.Digest(manifest)}")).Status);
    }

    [Fact]
    public async Task Delete_OfADigest_TakesItsTagsToo()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var manifest = await registry.PushImageAsync("a", "one");
        await registry.PutManifestAsync("a", "two", manifest);
        await registry.PushImageAsync("a", "other", seed: 2);

        Assert.Equal(202, (await registry.SendAsync(HttpMethod.Delete, $"/v2/a/manifests/{Content.Digest(manifest)}")).Status);

        foreach (var reference in new[] { "one", "two", Content.Digest(manifest) })
            Assert.Equal(404, (await registry.GetAsync($"/v2/a/manifests/{reference}")).Status);
        Assert.Equal("""{"name":"a","tags":["other"]}""", (await registry.GetAsync("/v2/a/tags/list")).Text);
        await registry.RestartAsync();
        Assert.Equal("""{"name":"a","tags":["other"]}""", (await registry.GetAsync("/v2/a/tags/list")).Text);
    }

    [Fact]
    public async Task Delete_OfAChild_IsNotUndoneByItsIndex()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var child = await registry.PushImageAsync("a", "child");
        await registry.PutManifestAsync("a", "index", Content.Index([child]));

        await registry.SendAsync(HttpMethod.Delete, $"/v2/a/manifests/{Content.Digest(child)}");
        await registry.RestartAsync();

        Assert.Equal(404, (await registry.GetAsync($"/v2/a/manifests/{Content.Digest(child)}")).Status);
        Assert.Equal(200, (await registry.GetAsync("/v2/a/manifests/index")).Status);
    }

    [Fact]
    public async Task Delete_OfABlob_TakesIt()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var digest = await registry.PushBlobAsync("a", [1, 2, 3]);

        Assert.Equal(202, (await registry.SendAsync(HttpMethod.Delete, $"/v2/a/blobs/{digest}")).Status);

        Assert.Equal(404, (await registry.GetAsync($"/v2/a/blobs/{digest}")).Status);
        Assert.Equal("BLOB_UNKNOWN", (await registry.SendAsync(HttpMethod.Delete, $"/v2/a/blobs/{digest}")).Error);
    }

    [Theory]
    [InlineData("/v2/a/manifests/other", 404, "MANIFEST_UNKNOWN")]
    [InlineData("/v2/nowhere/manifests/one", 404, "NAME_UNKNOWN")]
    [InlineData("/v2/a/blobs/sha256:baddigeststring", 400, "DIGEST_INVALID")]
    public async Task Delete_OfWhatIsNotThere_HasItsReason(string path, int status, string code)
    {
        await using var registry = await RunningRegistry.StartAsync();
        await registry.PushImageAsync("a", "one");

        var answer = await registry.SendAsync(HttpMethod.Delete, path);

        Assert.Equal((status, code), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task Delete_OfAManifestAsBlob_IsUnsupported()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var manifest = await registry.PushImageAsync("a", "one");

        Assert.Equal(405, (await registry.SendAsync(HttpMethod.Delete, $"/v2/a/blobs/{Content.Digest(manifest)}")).Status);
    }

    [Fact]
    public async Task Delete_SwitchedOff_IsUnsupported()
    {
        await using var registry = await RunningRegistry.StartAsync(options => options with { AllowDelete = false });
        var manifest = await registry.PushImageAsync("a", "one");

        foreach (var path in new[] { "manifests/one", $"manifests/{Content.Digest(manifest)}", $"blobs/{Content.Digest(Content.Bytes("{}"))}" })
            Assert.Equal((405, "UNSUPPORTED"), await registry.SendAsync(HttpMethod.Delete, $"/v2/a/{path}") is var answer ? (answer.Status, answer.Error) : default);
    }
}
