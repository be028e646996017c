using Boreal.Tests.Testcontainers.Fixture;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;

namespace Boreal.Tests.Testcontainers;

/// <summary>Testcontainers' networks and volumes.</summary>
public sealed class NetworkTests(ServicesEngine engine)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Network_OfTwoContainers_ResolvesAliases()
    {
        await using var network = new NetworkBuilder().WithDockerEndpoint(engine.Host).Build();
        await using var cache = Container(ServiceImages.Redis).WithNetwork(network).WithNetworkAliases("cache")
            .WithWaitStrategy(Wait.ForUnixContainer().UntilCommandIsCompleted("redis-cli", "ping")).Build();
        await using var web = Container(ServiceImages.Nginx).WithNetwork(network)
            .WithWaitStrategy(Wait.ForUnixContainer().UntilInternalTcpPortIsAvailable(80)).Build();
        await Task.WhenAll(cache.StartAsync(Cancelled), web.StartAsync(Cancelled));

        var answer = await web.ExecAsync(["redis-cli", "-h", "cache", "ping"], Cancelled);

        Assert.Equal((0L, "PONG"), (answer.ExitCode, answer.Stdout.Trim()));
    }

    [Fact]
    public async Task Volume_OfOneContainer_HoldsItsDataForTheNext()
    {
        await using var volume = new VolumeBuilder().WithDockerEndpoint(engine.Host).Build();
        await using (var first = Container(ServiceImages.Redis).WithVolumeMount(volume, "/data").Build())
        {
            await first.StartAsync(Cancelled);
            var written = await first.ExecAsync(["sh", "-c", "echo kept > /data/f"], Cancelled);
            Assert.Equal(0, written.ExitCode);
        }

        await using var second = Container(ServiceImages.Redis).WithVolumeMount(volume, "/data", AccessMode.ReadOnly).Build();
        await second.StartAsync(Cancelled);

        Assert.Equal("kept\n", (await second.ExecAsync(["cat", "/data/f"], Cancelled)).Stdout);
    }

    private ContainerBuilder Container(string image) => new ContainerBuilder(image).WithDockerEndpoint(engine.Host);
}
