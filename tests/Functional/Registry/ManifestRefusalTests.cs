using Boreal.Oci.Content;

namespace Boreal.Tests.Functional.Registry;

public sealed class ManifestRefusalTests
{
    private static readonly byte[] Config = Content.Bytes("{}");

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"schemaVersion":1,"name":"a","tag":"b","fsLayers":[],"history":[]}""")]
    [InlineData("""{"schemaVersion":2,"layers":[]}""")]
    [InlineData("""{"schemaVersion":2,"config":{"mediaType":"x","digest":"sha256:1","size":1},"layers":[]}""")]
    [InlineData("""{"schemaVersion":2,"config":[],"layers":[]}""")]
    [InlineData("""{"schemaVersion":2,"manifests":[],"layers":[]}""")]
    [InlineData("""{"schemaVersion":2,"schemaVersion":2,"manifests":[]}""")]
    [InlineData("""{"schemaVersion":2,"mediaType":"text/plain","manifests":[]}""")]
    [InlineData("""{"schemaVersion":2,"manifests":[{"mediaType":"x","digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","size":-1}]}""")]
    [InlineData("""{"schemaVersion":2,"manifests":[null]}""")]
    [InlineData("""{"schemaVersion":2,"manifests":[],"annotations":{"a":1}}""")]
    public async Task Manifest_ThatIsNone_IsInvalid(string text)
    {
        await using var registry = await RunningRegistry.StartAsync();

        var answer = await registry.SendAsync(HttpMethod.Put, "/v2/a/manifests/latest", Content.Bytes(text));

        Assert.Equal((400, "MANIFEST_INVALID"), (answer.Status, answer.Error));
        Assert.Equal(404, (await registry.GetAsync("/v2/a/tags/list")).Status);
    }

    [Theory]
    [InlineData(MediaTypes.OciIndex)]
    [InlineData("application/vnd.docker.distribution.manifest.v1+prettyjws")]
    [InlineData("text/plain")]
    [InlineData("?")]
    public async Task Manifest_OfAnotherTypeThanItCameAs_IsInvalid(string type)
    {
        await using var registry = await RunningRegistry.StartAsync();
        await registry.PushBlobAsync("a", Config);

        Assert.Equal("MANIFEST_INVALID", (await registry.PutManifestAsync("a", "latest", Content.Manifest(Config, []), type)).Error);
    }

    [Fact]
    public async Task Manifest_WithoutItsContent_IsRefusedAndNotThere()
    {
        await using var registry = await RunningRegistry.StartAsync();
        await registry.PushBlobAsync("a", Config);
        await registry.PushBlobAsync("elsewhere", [1, 2, 3]);
        var image = Content.Manifest(Config, [[1, 2, 3]]);
        var index = Content.Index([image]);

        foreach (var manifest in new[] { image, index })
        {
            var answer = await registry.PutManifestAsync("a", "latest", manifest);
            Assert.Equal((400, "MANIFEST_BLOB_UNKNOWN"), (answer.Status, answer.Error));
            Assert.Equal(404, (await registry.GetAsync("/v2/a/manifests/latest")).Status);
            Assert.Equal(404, (await registry.GetAsync($"/v2/a/manifests/{Content.Digest(manifest)}")).Status);
        }
    }

    [Fact]
    public async Task Index_WithHoles_IsTakenWhereAllowed()
    {
        await using var registry = await RunningRegistry.StartAsync(options => options with { AllowSparseIndexes = true });

        Assert.Equal(201, (await registry.PutManifestAsync("a", "latest", Content.Index([Content.Manifest(Config, [])]))).Status);
    }

    [Theory]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000", "DIGEST_INVALID")]
    [InlineData("sha256:baddigeststring", "DIGEST_INVALID")]
    [InlineData(".tag", "MANIFEST_INVALID")]
    [InlineData("a%20b", "MANIFEST_INVALID")]
    public async Task Manifest_ByAReferenceItDoesNotHave_IsInvalid(string reference, string code)
    {
        await using var registry = await RunningRegistry.StartAsync();
        await registry.PushBlobAsync("a", Config);

        var answer = await registry.PutManifestAsync("a", reference, Content.Manifest(Config, []));

        Assert.Equal((400, code), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task Tags_BesideADigest_AreAllRefusedWhenOneIs()
    {
        await using var registry = await RunningRegistry.StartAsync();
        await registry.PushBlobAsync("a", Config);
        var manifest = Content.Manifest(Config, []);

        Assert.Equal(400, (await registry.PutManifestAsync("a", $"{Content.Digest(manifest)}?tag=good&tag=.bad", manifest)).Status);
        Assert.Equal(404, (await registry.GetAsync("/v2/a/manifests/good")).Status);
    }

    [Fact]
    public async Task Manifest_Of4MiB_IsTaken()
    {
        await using var registry = await RunningRegistry.StartAsync();
        await registry.PushBlobAsync("a", Config);
        var manifest = Content.Manifest(Config, [], $",\"annotations\":{{\"long\":\"{new string('x', (4 << 20) - 400)}\"}}");

        Assert.Equal(201, (await registry.PutManifestAsync("a", "large", manifest)).Status);
        Assert.Equal(manifest.Length, (await registry.GetAsync("/v2/a/manifests/large")).Body.Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Manifest_Of5MB_IsTooLarge(bool saysSo)
    {
        await using var registry = await RunningRegistry.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v2/a/manifests/large") { Content = new ByteArrayContent(new byte[5_000_000]) };
        request.Headers.TransferEncodingChunked = !saysSo;
        request.Headers.ExpectContinue = true;

        using var response = await registry.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((413, "SIZE_INVALID"), await RegistryAnswer.ReadAsync(response) is var answer ? (answer.Status, answer.Error) : default);
    }

    [Fact]
    public async Task Manifest_Of10000Layers_IsInvalid()
    {
        await using var registry = await RunningRegistry.StartAsync();
        await registry.PushBlobAsync("a", Config);

        Assert.Equal("MANIFEST_INVALID", (await registry.PutManifestAsync("a", "many", Content.Manifest(Config, Enumerable.Repeat(Config, 10_000)))).Error);
    }
}
