using Boreal.Oci.Content;

namespace Boreal.Tests.Functional.Registry;

public sealed class ManifestTests
{
    private static readonly byte[] Config = Content.Bytes("{}");
    private static readonly byte[] Layer = Content.Random(500);

    public static TheoryData<string, string> Documents() => new()
    {
        { "image", Text(Content.Manifest(Config, [Layer])) },
        { "no layers", Text(Content.Manifest(Config, [])) },
        { "unknown fields", Text(Content.Manifest(Config, [Layer], ""","org.example":{"a":[1,2.50,null]},"annotations":{"k":"\u00e4 <&> +"} """)) },
        { "artifact", Text(Content.Manifest(Config, [Layer], ""","artifactType":"application/vnd.example.thing" """, Content.EmptyType)) },
        { "data field", $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{{Content.Descriptor(Content.EmptyType, Config, more: ",\"data\":\"e30=\"")}},"layers":[]}""" },
        { "missing subject", Text(Content.Manifest(Config, [Layer], $",\"subject\":{Content.Descriptor(MediaTypes.OciManifest, [1])}")) },
        { "empty index", Text(Content.Index([])) },
        { "spaces and order", $$"""{ "layers" : [ ] , "config" : {{Content.Descriptor(MediaTypes.OciConfig, Config)}} , "mediaType" : "{{MediaTypes.OciManifest}}" , "schemaVersion" : 2 } """ + "\n" },
        { "no media type", $$"""{"schemaVersion":2,"config":{{Content.Descriptor(MediaTypes.OciConfig, Config)}},"layers":[]}""" },
        { "foreign layer", $$"""{"schemaVersion":2,"config":{{Content.Descriptor(MediaTypes.OciConfig, Config)}},"layers":[{{Content.Descriptor("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip", [7], more: ",\"urls\":[\"https://example.com/x\"]")}}]}""" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Manifest_OfEachKind_ComesBackByteForByte(string kind, string text)
    {
        await using var registry = await WithContentAsync();
        var manifest = Content.Bytes(text);
        var digest = Content.Digest(manifest);

        var put = await registry.PutManifestAsync("a/b", "tag", manifest);
        var byTag = await registry.GetAsync("/v2/a/b/manifests/tag", ("Accept", "application/json"));
        var head = await registry.SendAsync(HttpMethod.Head, $"/v2/a/b/manifests/{digest}");

        Assert.Equal((201, digest, $"/v2/a/b/manifests/{digest}"), (put.Status, put["Docker-Content-Digest"], put["Location"]));
        Assert.Equal((200, digest), (byTag.Status, byTag["Docker-Content-Digest"]));
        Assert.Equal(kind == "empty index" ? MediaTypes.OciIndex : MediaTypes.OciManifest, byTag["Content-Type"]);
        Assert.Equal(manifest, byTag.Body);
        Assert.Equal((200, manifest.Length.ToString(), digest), (head.Status, head["Content-Length"], head["Docker-Content-Digest"]));
    }

    [Theory]
    [InlineData(MediaTypes.DockerManifest, MediaTypes.DockerConfig, MediaTypes.DockerLayerGzip)]
    [InlineData(MediaTypes.OciManifest, MediaTypes.OciConfig, MediaTypes.OciLayerZstd)]
    public async Task Manifest_OfDockerOrOci_KeepsItsType(string type, string configType, string layerType)
    {
        await using var registry = await WithContentAsync();
        var manifest = Content.Bytes($$"""{"schemaVersion":2,"mediaType":"{{type}}","config":{{Content.Descriptor(configType, Config)}},"layers":[{{Content.Descriptor(layerType, Layer)}}]}""");
        var list = type == MediaTypes.DockerManifest ? MediaTypes.DockerManifestList : MediaTypes.OciIndex;
        var index = Content.Bytes($$"""{"schemaVersion":2,"mediaType":"{{list}}","manifests":[{{Content.Descriptor(type, manifest)}}]}""");

        Assert.Equal(201, (await registry.PutManifestAsync("a/b", Content.Digest(manifest), manifest, $"{type}; charset=utf-8")).Status);
        Assert.Equal(201, (await registry.PutManifestAsync("a/b", "all", index, list)).Status);

        Assert.Equal(type, (await registry.GetAsync($"/v2/a/b/manifests/{Content.Digest(manifest)}"))["Content-Type"]);
        Assert.Equal(list, (await registry.GetAsync("/v2/a/b/manifests/all"))["Content-Type"]);
    }

    [Fact]
    public async Task Index_OfIndexesAndWithSubject_IsTaken()
    {
        await using var registry = await WithContentAsync();
        var image = Content.Manifest(Config, [Layer]);
        var inner = Content.Index([image]);
        var outer = Content.Index([inner, image], $",\"subject\":{Content.Descriptor(MediaTypes.OciManifest, image)}");

        Assert.Equal(201, (await registry.PutManifestAsync("a/b", Content.Digest(image), image)).Status);
        Assert.Equal(201, (await registry.PutManifestAsync("a/b", Content.Digest(inner), inner)).Status);
        var answer = await registry.PutManifestAsync("a/b", "outer", outer);

        Assert.Equal((201, Content.Digest(image)), (answer.Status, answer["OCI-Subject"]));
        Assert.Equal(outer, (await registry.GetAsync("/v2/a/b/manifests/outer")).Body);
    }

    [Fact]
    public async Task Manifest_BySha512_IsFoundByIt()
    {
        await using var registry = await WithContentAsync();
        var manifest = Content.Manifest(Config, [Layer]);
        var digest = Content.Digest(manifest, "sha512");

        var put = await registry.PutManifestAsync("a/b", $"{digest}?tag=one", manifest);

        Assert.Equal((201, digest), (put.Status, put["Docker-Content-Digest"]));
        Assert.Equal(manifest, (await registry.GetAsync($"/v2/a/b/manifests/{digest}")).Body);
        Assert.Equal(digest, (await registry.GetAsync("/v2/a/b/manifests/one"))["Docker-Content-Digest"]);
    }

    [Fact]
    public async Task Manifest_ByDigestWithTags_GetsThemAll()
    {
        await using var registry = await WithContentAsync();
        var manifest = Content.Manifest(Config, [Layer]);
        var tags = Enumerable.Range(0, 20).Select(number => $"t{number:00}").ToList();

        var put = await registry.PutManifestAsync("a/b", $"{Content.Digest(manifest)}?{string.Join('&', tags.Select(tag => $"tag={tag}"))}", manifest);

        Assert.Equal((201, string.Join(", ", tags)), (put.Status, put["OCI-Tag"]));
        Assert.Equal(manifest, (await registry.GetAsync("/v2/a/b/manifests/t19")).Body);
    }

    [Fact]
    public async Task Tag_PushedAgain_MovesAndTheOldManifestStays()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var old = await registry.PushImageAsync("a", "latest", seed: 1);
        var young = await registry.PushImageAsync("a", "latest", seed: 2);

        Assert.Equal(young, (await registry.GetAsync("/v2/a/manifests/latest")).Body);
        Assert.Equal(old, (await registry.GetAsync($"/v2/a/manifests/{Content.Digest(old)}")).Body);
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task Manifest_NotThere_IsUnknown(string reference)
    {
        await using var registry = await RunningRegistry.StartAsync();
        await registry.PushImageAsync("a", "other");

        foreach (var name in new[] { "a", "nowhere" })
            Assert.Equal((404, "MANIFEST_UNKNOWN"), await registry.GetAsync($"/v2/{name}/manifests/{reference}") is var answer ? (answer.Status, answer.Error) : default);
    }

    private static async Task<RunningRegistry> WithContentAsync()
    {
        var registry = await RunningRegistry.StartAsync();
        await registry.PushBlobAsync("a/b", Config);
        await registry.PushBlobAsync("a/b", Layer);
        return registry;
    }

    private static string Text(byte[] manifest) => System.Text.Encoding.UTF8.GetString(manifest);
}
