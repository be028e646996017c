using System.Text.Json;
using Boreal.Oci.Content;

namespace Boreal.Tests.Functional.Registry;

public sealed class ReferrersTests
{
    private static readonly byte[] Config = Content.Bytes("{}");

    [Fact]
    public async Task Referrers_OfNothing_AreAnEmptyIndex()
    {
        await using var registry = await RunningRegistry.StartAsync();

        var answer = await registry.GetAsync($"/v2/nowhere/referrers/{Content.Digest(Config)}");

        Assert.Equal((200, MediaTypes.OciIndex), (answer.Status, answer["Content-Type"]));
        Assert.Equal($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[]}""", answer.Text);
        Assert.Equal("DIGEST_INVALID", (await registry.GetAsync("/v2/nowhere/referrers/latest")).Error);
    }

    [Fact]
    public async Task Referrers_OfAnImage_HaveTypeAndAnnotations()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var image = await registry.PushImageAsync("a", "latest");
        var subject = Subject(image);
        var typed = await PushAsync(registry, Content.Manifest(Config, [], $"{subject},\"artifactType\":\"text/sbom\",\"annotations\":{{\"k\":\"v\"}}"));
        var byConfig = await PushAsync(registry, Content.Manifest(Config, [], subject, "text/signature"));
        var index = await PushAsync(registry, Content.Index([], $"{subject},\"artifactType\":\"text/sbom\""));
        await PushAsync(registry, Content.Manifest(Config, [Content.Bytes("{}")], Subject(typed)));

        var all = await ReferrersAsync(registry, image, "");
        var some = await registry.GetAsync($"/v2/a/referrers/{Content.Digest(image)}?artifactType=text/sbom");

        Assert.Equal(new[] { typed, byConfig, index }.Select(manifest => Content.Digest(manifest)).Order(StringComparer.Ordinal), all.Select(Digest));
        var shown = all.Single(entry => Digest(entry) == Content.Digest(typed));
        Assert.Equal(("text/sbom", "v", typed.Length), (shown.GetProperty("artifactType").GetString(), shown.GetProperty("annotations").GetProperty("k").GetString(), shown.GetProperty("size").GetInt32()));
        Assert.Equal("text/signature", all.Single(entry => Digest(entry) == Content.Digest(byConfig)).GetProperty("artifactType").GetString());
        Assert.Equal((2, "artifactType"), (some.Json.GetProperty("manifests").GetArrayLength(), some["OCI-Filters-Applied"]));
    }

    [Fact]
    public async Task Referrer_BeforeItsSubject_IsListedAndGoesWhenDeleted()
    {
        await using var registry = await RunningRegistry.StartAsync();
        byte[] later = Content.Manifest(Config, [Config]);
        await registry.PushBlobAsync("a", Config);
        var referrer = await PushAsync(registry, Content.Manifest(Config, [], Subject(later)));

        Assert.Single(await ReferrersAsync(registry, later, ""));
        await registry.RestartAsync();
        Assert.Single(await ReferrersAsync(registry, later, ""));
        await registry.SendAsync(HttpMethod.Delete, $"/v2/a/manifests/{Content.Digest(referrer)}");
        Assert.Empty(await ReferrersAsync(registry, later, ""));
    }

    [Fact]
    public async Task Referrers_Many_ComeInPages()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var image = await registry.PushImageAsync("a", "latest");
        for (var number = 0; number < 5; number++)
            await PushAsync(registry, Content.Manifest(Config, [], $"{Subject(image)},\"artifactType\":\"text/x\",\"annotations\":{{\"n\":\"{number}\"}}"));

        var found = new List<string>();
        for (var path = $"/v2/a/referrers/{Content.Digest(image)}?n=2&artifactType=text%2Fx"; path is not null;)
        {
            var answer = await registry.GetAsync(path);
            found.AddRange(answer.Json.GetProperty("manifests").EnumerateArray().Select(Digest));
            path = answer["Link"]?.Split('<', '>')[1];
        }

        Assert.Equal((5, 5), (found.Count, found.Distinct().Count()));
    }

    [Fact]
    public async Task Referrers_OfALayoutWithFallbackTags_AreFound()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var image = await registry.PushImageAsync("a", "latest");
        var referrer = await PushAsync(registry, Content.Manifest(Config, [], $"{Subject(image)},\"artifactType\":\"text/x\""));
        var fallback = await registry.PutManifestAsync("a", Content.Digest(image).Replace(':', '-'), Content.Index([referrer]));
        Assert.Contains("299 - \"this registry lists referrers by itself, the tag is not needed\"", fallback["Warning"], StringComparison.Ordinal);

        // As a client's copy of a repository has it: the referrer is named by the fallback index alone.
        await registry.RestartAsync(() =>
        {
            var path = Path.Combine(registry.Data, "repositories/a/index.json");
            var index = JsonDocument.Parse(File.ReadAllBytes(path)).RootElement.GetProperty("manifests").EnumerateArray();
            var kept = index.Where(entry => Digest(entry) != Content.Digest(referrer)).Select(entry => entry.GetRawText());
            File.WriteAllText(path, $$"""{"schemaVersion":2,"manifests":[{{string.Join(',', kept)}}]}""");
        });

        Assert.Equal(Content.Digest(referrer), Digest(Assert.Single(await ReferrersAsync(registry, image, ""))));
    }

    private static async Task<byte[]> PushAsync(RunningRegistry registry, byte[] manifest)
    {
        await registry.PushBlobAsync("a", Config);
        Assert.Equal(201, (await registry.PutManifestAsync("a", Content.Digest(manifest), manifest)).Status);
        return manifest;
    }

    private static async Task<List<JsonElement>> ReferrersAsync(RunningRegistry registry, byte[] subject, string query) =>
        [.. (await registry.GetAsync($"/v2/a/referrers/{Content.Digest(subject)}{query}")).Json.GetProperty("manifests").EnumerateArray()];

    private static string Digest(JsonElement entry) => entry.GetProperty("digest").GetString() ?? "";

    private static string Subject(byte[] manifest) => $",\"subject\":{Content.Descriptor(MediaTypes.OciManifest, manifest)}";
}
