using Boreal.Oci.Content;

namespace Boreal.Tests.Functional.Registry;

public sealed class MachineCrashTests
{
    private static readonly byte[] Layer = Content.Random(1000, 1);
    private static readonly string Hex = Digest.OfSha256(Layer).Hex;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Blob_NotOnTheDiskWhenTheMachineWentDown_IsKeptOnlyIfWhole(bool isWhole)
    {
        await using var registry = await RunningRegistry.StartAsync();
        await registry.PushImageAsync("a", "latest");
        await registry.PushImageAsync("b", "latest");

        await registry.RestartAsync(() => Crash(registry, isWhole, "another boot\n"));

        foreach (var name in new[] { "a", "b" })
            Assert.Equal(isWhole ? 200 : 404, (await registry.SendAsync(HttpMethod.Head, $"/v2/{name}/blobs/sha256:{Hex}")).Status);
        await registry.PushImageAsync("a", "latest");
        Assert.Equal(Layer, (await registry.GetAsync($"/v2/a/blobs/sha256:{Hex}")).Body);
    }

    [Fact]
    public async Task Blob_NotOnTheDiskWhenTheProcessWasKilled_IsKept()
    {
        await using var registry = await RunningRegistry.StartAsync();
        await registry.PushImageAsync("a", "latest");

        await registry.RestartAsync(() => Crash(registry, isWhole: true, boot: null));

        Assert.Equal(200, (await registry.SendAsync(HttpMethod.Head, $"/v2/a/blobs/sha256:{Hex}")).Status);
        await TestKit.Waiting.Eventually.HoldsAsync(
            () => Directory.EnumerateFiles(Path.Combine(registry.Data, "unsynced")).All(path => path.EndsWith("/boot", StringComparison.Ordinal)), "all blobs are on the disk");
    }

    [Fact]
    public async Task Push_Answered_IsOnTheDisk()
    {
        await using var registry = await RunningRegistry.StartAsync();

        await registry.PushImageAsync("a", "latest");

        Assert.Equal(["boot"], Directory.EnumerateFiles(Path.Combine(registry.Data, "unsynced")).Select(Path.GetFileName));
    }

    /// <summary>A blob whose last name is still among the unsynced, and whose content may not have come to the disk.</summary>
    private static void Crash(RunningRegistry registry, bool isWhole, string? boot)
    {
        var unsynced = Path.Combine(registry.Data, "unsynced");
        Assert.Equal(0, Boreal.Linux.Files.HardLink.TryMake(Path.Combine(registry.Data, "blobs/sha256", Hex), Path.Combine(unsynced, $"sha256-{Hex}")));
        if (!isWhole)
            File.WriteAllBytes(Path.Combine(unsynced, $"sha256-{Hex}"), new byte[1000]);
        if (boot is not null)
            File.WriteAllText(Path.Combine(unsynced, "boot"), boot);
    }
}
