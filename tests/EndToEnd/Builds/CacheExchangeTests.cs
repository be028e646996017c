using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Registries;

namespace Boreal.Tests.EndToEnd.Builds;

/// <summary>What one engine built, another need not build again: stock clients, two engines, a registry between them.</summary>
public sealed class CacheExchangeTests : IAsyncLifetime
{
    private const string Dockerfile = """
        FROM busybox AS make
        RUN --network=none head -c 300000 /dev/urandom > /made; date >> /made
        COPY file /file
        FROM busybox
        COPY --from=make /file /result
        RUN --network=none date > /when
        ENV A=b
        """;

    private readonly TemporaryDirectory _context = new();
    private readonly TemporaryDirectory _base = new();
    private BorealRegistry? _registry;
    private CachePeers? _one;
    private CachePeers? _other;

    private BorealRegistry Registry => _registry ?? throw new InvalidOperationException("the registry was not started");

    private CachePeers One => _one ?? throw new InvalidOperationException("the engine was not started");

    private CachePeers Other => _other ?? throw new InvalidOperationException("the engine was not started");

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_context.File("Dockerfile"), Dockerfile);
        await File.WriteAllTextAsync(_context.File("file"), "content\n");
        _registry = await BorealRegistry.StartAsync();
        _one = await CachePeers.StartAsync();
        _other = await CachePeers.StartAsync();
        // An image that is imported twice is two.
        await _one.Docker("save", "--output", _base.File("busybox.tar"), "busybox").OutputAsync();
        await _other.Docker("load", "--input", _base.File("busybox.tar")).OutputAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_one is not null)
            await _one.DisposeAsync();
        if (_other is not null)
            await _other.DisposeAsync();
        if (_registry is not null)
            await _registry.DisposeAsync();
        _context.Dispose();
        _base.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData(",image-manifest=false")]
    public async Task Cache_InARegistry_GivesTheSameImageAndOnlyTheLayersItNeeds(string form)
    {
        var cache = $"type=registry,ref={Registry.Address}/cache:max";
        await One.BuildRemoteAsync(_context.Path, "--cache-to", $"{cache},mode=max{form}");
        await One.BuildAsync(_context.Path, "--tag", "app");

        var told = await Other.BuildAsync(_context.Path, "--tag", "app", "--cache-from", cache);

        Assert.Equal(5, Count(told, " CACHED"));
        Assert.Equal(await One.IdAsync("app"), await Other.IdAsync("app"));
        // Those of the result; the first stage's stayed where they are.
        Assert.Equal(2, (await Other.StepsAsync()).Length);
        Assert.Contains($"importing cache manifest from {Registry.Address}/cache:max", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cache_OfTheResultOnly_IsUsedAsFarAsItGoes()
    {
        var cache = $"type=registry,ref={Registry.Address}/cache:min";
        await One.BuildRemoteAsync(_context.Path, "--cache-to", cache);
        await File.AppendAllTextAsync(_context.File("Dockerfile"), "\nRUN --network=none cat /when /result > /both\n", TestContext.Current.CancellationToken);

        var told = await Other.BuildAsync(_context.Path, "--tag", "app", "--cache-from", cache, "--cache-from", $"{Registry.Address}/cache:none");

        // The first stage was not told of, and is built; so what is copied from it is found by its content.
        Assert.Contains($"failed to configure registry cache importer: {Registry.Address}/cache:none: not found", told, StringComparison.Ordinal);
        Assert.Equal("content", (await Other.Docker("run", "--rm", "--network", "none", "app", "tail", "-n1", "/both").OutputAsync()).Trim());
    }

    [Fact]
    public async Task Cache_InAnImage_IsFoundWhereTheImageIs()
    {
        var image = $"{Registry.Address}/app:1";
        await One.BuildAsync(_context.Path, "--tag", image, "--cache-to", "type=inline");
        await One.Docker("push", "--quiet", image).OutputAsync();

        var told = await Other.BuildAsync(_context.Path, "--tag", image, "--cache-from", image, "--cache-to", "type=inline");

        Assert.Equal(3, Count(told, " CACHED"));
        Assert.Equal(await LayersAsync(One, image), await LayersAsync(Other, image));
    }

    [Fact]
    public async Task Cache_InAFolderOfTheClient_IsTheSameAgain()
    {
        using var folder = new TemporaryDirectory();
        string first = folder.File("first"), second = folder.File("second");
        await One.BuildRemoteAsync(_context.Path, "--cache-to", $"type=local,dest={first},mode=max");

        var told = await Other.BuildRemoteAsync(_context.Path, "--cache-from", $"type=local,src={first}", "--cache-to", $"type=local,dest={second},mode=max");

        Assert.Equal(5, Count(told, " CACHED"));
        Assert.Equal(await Command.Shell("find . -type f | sort; cat index.json").In(first).OutputAsync(), await Command.Shell("find . -type f | sort; cat index.json").In(second).OutputAsync());
    }

    private static Task<string> LayersAsync(CachePeers engine, string image) => engine.Docker("image", "inspect", "--format", "{{json .RootFS.Layers}}", image).OutputAsync();

    private static int Count(string text, string what) => text.Split(what).Length - 1;
}
