namespace Boreal.Tests.Functional.Registry;

public sealed class MountTests
{
    private static readonly byte[] Blob = Content.Random(1000);

    [Theory]
    [InlineData("&from=one")]
    [InlineData("")]
    public async Task Mount_BlobOfAnotherRepository_IsThereAtOnce(string from)
    {
        await using var registry = await RunningRegistry.StartAsync();
        var digest = await registry.PushBlobAsync("one", Blob);

        var answer = await registry.SendAsync(HttpMethod.Post, $"/v2/two/blobs/uploads/?mount={digest}{from}");

        Assert.Equal((201, $"/v2/two/blobs/{digest}", digest), (answer.Status, answer["Location"], answer["Docker-Content-Digest"]));
        Assert.Equal(Blob, (await registry.GetAsync($"/v2/two/blobs/{digest}")).Body);
    }

    [Theory]
    [InlineData("&from=secret")]
    [InlineData("&from=nowhere")]
    [InlineData("&from=NOT-A-NAME")]
    [InlineData("")]
    public async Task Mount_BlobTheCallerCannotRead_LooksLikeOneThatIsNotThere(string from)
    {
        await using var registry = await RunningRegistry.StartAsync(access: new NamedAccess("secret"));
        var digest = Content.Digest(Blob);
        Assert.Equal(201, (await registry.SendAsync(HttpMethod.Post, $"/v2/secret/blobs/uploads/?digest={digest}", Blob, null, ("X-Owner", "1"))).Status);

        var answer = await registry.SendAsync(HttpMethod.Post, $"/v2/two/blobs/uploads/?mount={digest}{from}");

        Assert.Equal(202, answer.Status);
        Assert.Equal(201, (await registry.SendAsync(HttpMethod.Put, $"{answer["Location"]}?digest={digest}", Blob)).Status);
    }

    [Fact]
    public async Task Mount_ThenDeletedAtItsSource_Stays()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var digest = await registry.PushBlobAsync("one", Blob);
        await registry.SendAsync(HttpMethod.Post, $"/v2/two/blobs/uploads/?mount={digest}&from=one");

        Assert.Equal(202, (await registry.SendAsync(HttpMethod.Delete, $"/v2/one/blobs/{digest}")).Status);

        Assert.Equal(404, (await registry.GetAsync($"/v2/one/blobs/{digest}")).Status);
        Assert.Equal(200, (await registry.GetAsync($"/v2/two/blobs/{digest}")).Status);
    }

    [Fact]
    public async Task Mount_OfNoDigest_IsInvalid()
    {
        await using var registry = await RunningRegistry.StartAsync();

        Assert.Equal("DIGEST_INVALID", (await registry.SendAsync(HttpMethod.Post, "/v2/two/blobs/uploads/?mount=sha256:x&from=one")).Error);
    }
}
