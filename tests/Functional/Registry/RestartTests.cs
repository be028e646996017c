using Boreal.Oci.Content;

namespace Boreal.Tests.Functional.Registry;

public sealed class RestartTests
{
    [Fact]
    public async Task Content_AfterARestart_IsTheSame()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var manifest = await registry.PushImageAsync("a/b", "latest");
        await registry.PutManifestAsync("a/b", "index", Content.Index([manifest]));

        await registry.RestartAsync();

        Assert.Equal(manifest, (await registry.GetAsync("/v2/a/b/manifests/latest")).Body);
        Assert.Equal("""{"name":"a/b","tags":["index","latest"]}""", (await registry.GetAsync("/v2/a/b/tags/list")).Text);
    }

    [Theory]
    [InlineData("sha256")]
    [InlineData("sha512")]
    public async Task Upload_AfterARestart_GoesOn(string algorithm)
    {
        await using var registry = await RunningRegistry.StartAsync();
        var blob = Content.Random(2_000_000);
        var digest = Content.Digest(blob, algorithm);
        var upload = await registry.BeginUploadAsync("a");
        await registry.SendAsync(HttpMethod.Patch, upload, blob.AsMemory(0, 1_500_000));

        await registry.RestartAsync();

        Assert.Equal("0-1499999", (await registry.GetAsync(upload))["Range"]);
        Assert.Equal(202, (await registry.SendAsync(HttpMethod.Patch, upload, blob.AsMemory(1_500_000), null, ("Content-Range", "1500000-1999999"))).Status);
        Assert.Equal(201, (await registry.SendAsync(HttpMethod.Put, $"{upload}?digest={digest}", ReadOnlyMemory<byte>.Empty)).Status);
        Assert.Equal(blob, (await registry.GetAsync($"/v2/a/blobs/{digest}")).Body);
    }

    [Fact]
    public async Task Leftovers_OfAKilledProcess_AreRemovedOrPassedOver()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var manifest = await registry.PushImageAsync("a", "latest");
        var repository = Path.Combine(registry.Data, "repositories/a");

        await registry.RestartAsync(() =>
        {
            // Between the first and the second line of each thing that is done in steps.
            Directory.CreateDirectory(Path.Combine(registry.Data, "uploads", Guid.NewGuid().ToString()));
            var half = Directory.CreateDirectory(Path.Combine(registry.Data, "uploads", Guid.NewGuid().ToString()));
            File.WriteAllText(Path.Combine(half.FullName, "upload.json"), "{\"repos");
            File.WriteAllText(Path.Combine(registry.Data, "uploads/manifest-1"), "{");
            File.WriteAllText(Path.Combine(repository, "_index.json"), "{\"schema");
            File.WriteAllText(Path.Combine(repository, "_0123"), "");
            Directory.CreateDirectory(Path.Combine(registry.Data, "repositories/half/blobs/sha256"));
        });

        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(registry.Data, "uploads")));
        Assert.Equal(manifest, (await registry.GetAsync("/v2/a/manifests/latest")).Body);
        Assert.Equal("""{"repositories":["a"]}""", (await registry.GetAsync("/v2/_catalog")).Text);
        await registry.PushImageAsync("a", "next", seed: 2);
        await registry.PushImageAsync("half", "whole");
    }

    [Fact]
    public async Task Blob_LinkedOnlyByItsDigest_IsNobodysAndGoes()
    {
        await using var registry = await RunningRegistry.StartAsync();
        await registry.PushImageAsync("a", "latest");
        var orphan = Content.Random(10, 9);
        var path = Path.Combine(registry.Data, "blobs/sha256", Digest.OfSha256(orphan).Hex);

        await registry.RestartAsync(() => File.WriteAllBytes(path, orphan));
        await registry.SendAsync(HttpMethod.Post, "/v2/_boreal/gc");
        Assert.True(File.Exists(path));
        registry.Clock.Advance(TimeSpan.FromHours(2));
        await registry.SendAsync(HttpMethod.Post, "/v2/_boreal/gc");

        Assert.False(File.Exists(path));
        Assert.Equal(200, (await registry.GetAsync("/v2/a/manifests/latest")).Status);
    }

    [Fact]
    public async Task Index_ThatNamesAMissingManifest_IsServedWithoutIt()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var gone = await registry.PushImageAsync("a", "gone");
        await registry.PushImageAsync("a", "here", seed: 2);

        await registry.RestartAsync(() => File.Delete(Path.Combine(registry.Data, "repositories/a/blobs/sha256", Digest.OfSha256(gone).Hex)));

        Assert.Equal("""{"name":"a","tags":["here"]}""", (await registry.GetAsync("/v2/a/tags/list")).Text);
    }

    [Fact]
    public async Task Index_ThatCannotBeRead_IsAFailureAndIsNotOverwritten()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var manifest = await registry.PushImageAsync("a", "latest");
        var path = Path.Combine(registry.Data, "repositories/a/index.json");
        var good = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

        await registry.RestartAsync(() => File.WriteAllText(path, "{"));
        Assert.Equal(500, (await registry.GetAsync("/v2/a/manifests/latest")).Status);
        Assert.Equal(500, (await registry.PutManifestAsync("a", "other", manifest)).Status);

        // It has been mended by hand: no restart is needed.
        Assert.Equal("{", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        await File.WriteAllTextAsync(path, good, TestContext.Current.CancellationToken);
        Assert.Equal(200, (await registry.GetAsync("/v2/a/manifests/latest")).Status);
    }

    [Fact]
    public async Task Data_OfARunningRegistry_IsNotServedTwice()
    {
        await using var registry = await RunningRegistry.StartAsync();

        var second = new Boreal.Registry.RegistryApplication(
            new Boreal.Registry.RegistryOptions { DataRoot = registry.Data }, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<Boreal.Registry.RegistryApplication>.Instance);
        await using (second)
            Assert.Contains("another registry uses", Assert.Throws<IOException>(second.Start).Message, StringComparison.Ordinal);
    }
}
