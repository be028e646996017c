using System.Text.Json;
using Boreal.Oci.Content;

namespace Boreal.Tests.Functional.Registry;

public sealed class CollectionTests
{
    private static readonly TimeSpan PastGrace = TimeSpan.FromHours(2);

    [Fact]
    public async Task Collect_AfterAManifestIsDeleted_GivesItsRoomBack()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var kept = await registry.PushImageAsync("a", "kept", seed: 1);
        var gone = await registry.PushImageAsync("a", "gone", seed: 2);
        await registry.SendAsync(HttpMethod.Delete, $"/v2/a/manifests/{Content.Digest(gone)}");
        registry.Clock.Advance(PastGrace);

        var dry = await CollectAsync(registry, "?dry-run=true");
        Assert.Equal(200, (await registry.GetAsync($"/v2/a/blobs/{Content.Digest(Content.Random(1000, 2))}", ("Range", "bytes=0-1"))).Status is 206 ? 200 : 0);
        registry.Clock.Advance(PastGrace);
        var report = await CollectAsync(registry);

        Assert.Equal((true, 1, 1000 + gone.Length), (dry.GetProperty("dryRun").GetBoolean(), dry.GetProperty("blobs").GetInt32(), dry.GetProperty("bytes").GetInt32()));
        Assert.Equal((1, 1000 + gone.Length), (report.GetProperty("blobs").GetInt32(), report.GetProperty("bytes").GetInt32()));
        Assert.Equal(kept, (await registry.GetAsync("/v2/a/manifests/kept")).Body);
        Assert.Equal(3, Directory.EnumerateFiles(Path.Combine(registry.Data, "blobs/sha256")).Count());
    }

    [Fact]
    public async Task Collect_WhileAManifestIsOnItsWay_LeavesItsBlobs()
    {
        await using var registry = await RunningRegistry.StartAsync();
        byte[] config = Content.Bytes("{}"), layer = Content.Random(100);
        await registry.PushBlobAsync("a", config);
        await registry.PushBlobAsync("a", layer);
        registry.Clock.Advance(PastGrace);
        // A client that finds them there does not push them again.
        Assert.Equal(200, (await registry.SendAsync(HttpMethod.Head, $"/v2/a/blobs/{Content.Digest(config)}")).Status);
        Assert.Equal(201, (await registry.SendAsync(HttpMethod.Post, $"/v2/a/blobs/uploads/?mount={Content.Digest(layer)}&from=a")).Status);

        await CollectAsync(registry);

        Assert.Equal(201, (await registry.PutManifestAsync("a", "latest", Content.Manifest(config, [layer]))).Status);
    }

    [Fact]
    public async Task Collect_WithAnUploadInFlight_DoesNotTouchIt()
    {
        await using var registry = await RunningRegistry.StartAsync(options => options with { CollectionGrace = TimeSpan.Zero });
        var blob = Content.Random(1000);
        var upload = await registry.BeginUploadAsync("a");
        await registry.SendAsync(HttpMethod.Patch, upload, blob.AsMemory(0, 600));

        await CollectAsync(registry);

        Assert.Equal("0-599", (await registry.GetAsync(upload))["Range"]);
        Assert.Equal(201, (await registry.SendAsync(HttpMethod.Put, $"{upload}?digest={Content.Digest(blob)}", blob.AsMemory(600))).Status);
    }

    [Fact]
    public async Task Collect_OfOneRepository_LeavesWhatAnotherShares()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var image = await registry.PushImageAsync("a", "latest");
        await registry.PushImageAsync("b", "latest");
        await registry.SendAsync(HttpMethod.Delete, $"/v2/a/manifests/{Content.Digest(image)}");
        registry.Clock.Advance(PastGrace);

        var report = await CollectAsync(registry);

        Assert.Equal((2, 0), (report.GetProperty("blobs").GetInt32(), report.GetProperty("files").GetInt32()));
        Assert.Equal(200, (await registry.GetAsync($"/v2/b/blobs/{Content.Digest(Content.Random(1000, 1))}")).Status);
    }

    [Fact]
    public async Task Collect_OfARepositoryThatBecameEmpty_RemovesItAndItComesBack()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var image = await registry.PushImageAsync("team/a", "latest");
        await registry.PushImageAsync("team/a/below", "latest");
        await registry.SendAsync(HttpMethod.Delete, $"/v2/team/a/manifests/{Content.Digest(image)}");
        registry.Clock.Advance(PastGrace);

        await CollectAsync(registry);

        Assert.Equal("""{"repositories":["team/a/below"]}""", (await registry.GetAsync("/v2/_catalog")).Text);
        Assert.False(Directory.Exists(Path.Combine(registry.Data, "repositories/team/a/blobs")));
        await registry.PushImageAsync("team/a", "again");
        await registry.RestartAsync();
        Assert.Equal("""{"repositories":["team/a","team/a/below"]}""", (await registry.GetAsync("/v2/_catalog")).Text);
    }

    [Fact]
    public async Task Collect_OfUntagged_KeepsPartsAndReferrersOfTagged()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var child = await registry.PushImageAsync("a", "child", seed: 1);
        var subject = $",\"subject\":{Content.Descriptor("application/vnd.oci.image.manifest.v1+json", child)}";
        var referrer = await registry.PushImageAsync("a", "referrer", seed: 2, more: subject);
        var loose = await registry.PushImageAsync("a", "loose", seed: 3);
        await registry.PutManifestAsync("a", "index", Content.Index([child]));
        foreach (var tag in new[] { "child", "referrer", "loose" })
            await registry.SendAsync(HttpMethod.Delete, $"/v2/a/manifests/{tag}");
        registry.Clock.Advance(PastGrace);

        Assert.Equal(0, (await CollectAsync(registry)).GetProperty("manifests").GetInt32());
        var report = await CollectAsync(registry, "?delete-untagged=true");

        Assert.Equal((1, 2), (report.GetProperty("manifests").GetInt32(), report.GetProperty("blobs").GetInt32()));
        Assert.Equal(404, (await registry.GetAsync($"/v2/a/manifests/{Content.Digest(loose)}")).Status);
        foreach (var manifest in new[] { child, referrer })
            Assert.Equal(200, (await registry.GetAsync($"/v2/a/manifests/{Content.Digest(manifest)}")).Status);
    }

    /// <summary>How BuildKit keeps a build cache: an index that names layers and one document, no manifest.</summary>
    [Fact]
    public async Task Collect_OfAnIndexOfLayers_KeepsThem()
    {
        await using var registry = await RunningRegistry.StartAsync();
        byte[] layer = Content.Random(1000), config = Content.Bytes("{}");
        var entries = $"{Content.Descriptor(MediaTypes.OciLayerGzip, layer)},{Content.Descriptor("application/vnd.buildkit.cacheconfig.v0", config)}";
        var index = Content.Bytes($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{entries}}]}""");
        Assert.Equal(400, (await registry.PutManifestAsync("cache", "latest", index)).Status);
        await registry.PushBlobAsync("cache", layer);
        await registry.PushBlobAsync("cache", config);

        Assert.Equal(201, (await registry.PutManifestAsync("cache", "latest", index)).Status);
        registry.Clock.Advance(PastGrace);
        await CollectAsync(registry, "?delete-untagged=true");

        Assert.Equal(200, (await registry.GetAsync("/v2/cache/manifests/latest")).Status);
        foreach (var blob in new[] { layer, config })
            Assert.Equal(200, (await registry.GetAsync($"/v2/cache/blobs/{Content.Digest(blob)}")).Status);
    }

    [Fact]
    public async Task Collect_WhilePushing_NeverBreaksAnImage()
    {
        await using var registry = await RunningRegistry.StartAsync(options => options with { CollectionGrace = TimeSpan.FromSeconds(5) });
        using var done = new CancellationTokenSource();
        var collecting = CollectUntilAsync();

        await Parallel.ForAsync(0, 60, TestContext.Current.CancellationToken, async (number, _) =>
        {
            var name = $"r{number % 4}";
            var manifest = await registry.PushImageAsync(name, $"t{number}", seed: number % 7);
            Assert.Equal(manifest, (await registry.GetAsync($"/v2/{name}/manifests/t{number}")).Body);
            if (number % 3 == 0)
                await registry.SendAsync(HttpMethod.Delete, $"/v2/{name}/manifests/t{number}");
        });
        await done.CancelAsync();
        await collecting;

        await registry.RestartAsync();
        foreach (var number in Enumerable.Range(0, 60).Where(number => number % 3 != 0))
        {
            var manifest = await registry.GetAsync($"/v2/r{number % 4}/manifests/t{number}");
            foreach (var layer in manifest.Json.GetProperty("layers").EnumerateArray())
                Assert.Equal(200, (await registry.GetAsync($"/v2/r{number % 4}/blobs/{layer.GetProperty("digest").GetString()}")).Status);
        }

        async Task CollectUntilAsync()
        {
            while (!done.IsCancellationRequested)
                await CollectAsync(registry, "?delete-untagged=true");
        }
    }

    [Fact]
    public async Task Collect_WithoutTheRight_IsDenied()
    {
        await using var registry = await RunningRegistry.StartAsync(access: new NamedAccess());

        Assert.Equal((403, "DENIED"), await registry.SendAsync(HttpMethod.Post, "/v2/_boreal/gc") is var answer ? (answer.Status, answer.Error) : default);
    }

    private static async Task<JsonElement> CollectAsync(RunningRegistry registry, string query = "")
    {
        var answer = await registry.SendAsync(HttpMethod.Post, $"/v2/_boreal/gc{query}");
        Assert.Equal(200, answer.Status);
        return answer.Json;
    }
}
