using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Images;
using Boreal.Tests.TestKit.Registries;

namespace Boreal.Tests.EndToEnd.Registries;

/// <summary>Our registry as a cache between an engine and another registry.</summary>
public sealed class CacheTests(EngineUnderTest engine)
{
    [Fact]
    public async Task Cache_UpstreamKilled_StillServesWhatWentThrough()
    {
        await using var upstream = await BorealRegistry.StartAsync();
        await using var cache = await BorealRegistry.StartAsync("--upstream", upstream.Address, "--upstream-tag-age", "0");
        using (var raw = new RawRegistry(upstream.Address))
            await new HandmadeImage().WithLayer(await SmallTar.OfAsync("file", "cached")).PushAsync(raw, "team/cached", "1");
        var image = $"{cache.Address}/team/cached:1";

        await engine.Docker.OutputAsync("pull", "-q", image);
        await engine.Docker.OutputAsync("rmi", image);
        await upstream.KillAsync();
        await cache.KillAsync();
        await cache.StartAgainAsync();
        await engine.Docker.OutputAsync("pull", "-q", image);
        var never = await engine.Docker.RunAsync("pull", "-q", $"{cache.Address}/team/never:1");
        var push = await engine.Docker.RunAsync("push", image);
        await engine.Docker.OutputAsync("rmi", image);

        Assert.Contains("502 Bad Gateway", never.Stderr, StringComparison.Ordinal);
        Assert.NotEqual(0, push.ExitCode);
    }
}
