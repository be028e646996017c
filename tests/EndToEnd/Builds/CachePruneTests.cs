using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.EndToEnd.Builds;

/// <summary>What builds keep, as stock clients list and clean it; the texts are Docker's.</summary>
public sealed class CachePruneTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _context = new();
    private CachePeers? _engine;

    private CachePeers Engine => _engine ?? throw new InvalidOperationException("the engine was not started");

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_context.File("Dockerfile"), "FROM busybox\nCOPY file /file\nRUN --network=none --mount=type=cache,target=/c,id=mine echo 123 > /c/f; echo 1 > /made\n");
        await File.WriteAllTextAsync(_context.File("file"), "content\n");
        _engine = await CachePeers.StartAsync();
        await _engine.BuildAsync(_context.Path, "--tag", "app");
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
            await _engine.DisposeAsync();
        _context.Dispose();
    }

    [Fact]
    public async Task Usage_OfABuild_TellsStepsContextsAndCacheMounts()
    {
        var records = (await RunAsync("buildx", "du", "--verbose")).Split("\n\n");
        Assert.Equal(
            [
                "cached mount /c from exec /bin/sh -c echo 123 > /c/f; echo 1 > /made with id \"/mine\"|exec.cachemount|true|false",
                "local source for context|source.local|true|false",
                "local source for context|source.local|true|false",
                "local source for dockerfile|source.local|true|false",
                "[stage-0 2/3] COPY file /file|regular|false|true",
                "[stage-0 3/3] RUN --network=none --mount=type=cache,target=/c,id=mine echo 123 > /c/f; echo 1 > /made|regular|false|true",
            ],
            records.Where(record => record.Contains("ID:", StringComparison.Ordinal))
                .Select(record => $"{Field(record, "Description")}|{Field(record, "Type")}|{Field(record, "Mutable")}|{Field(record, "Shared")}")
                .OrderBy(record => record.StartsWith('[')).ThenBy(record => record, StringComparer.Ordinal));
        Assert.Equal("Build Cache 6", await RunAsync("system", "df", "--format", "{{if eq .Type \"Build Cache\"}}{{.Type}} {{.TotalCount}}{{end}}"));
    }

    [Fact]
    public async Task Prune_OfAKind_ThenOfWhatNoImageHas_ThenOfAll()
    {
        Assert.EndsWith("Total:\t4B", await RunAsync("builder", "prune", "--force", "--filter", "type=exec.cachemount"), StringComparison.Ordinal);
        Assert.Equal("Total:\t0B", await RunAsync("builder", "prune", "--force", "--filter", "until=24h"));
        await RunAsync("builder", "prune", "--force");
        Assert.Equal(2, (await Engine.StepsAsync()).Length);
        await RunAsync("builder", "prune", "--force", "--all");
        Assert.Equal("Reclaimable:\t0B\nTotal:\t\t0B", await RunAsync("buildx", "du"));
        Assert.Equal("1", await RunAsync("run", "--rm", "--network", "none", "app", "cat", "/made"));
    }

    [Theory]
    [InlineData("until=zz", "\"until\" filter expects a duration (e.g., '24h') or a timestamp: failed to parse value as time or duration: \"zz\"")]
    [InlineData("type=a\",\"type=b", "filters expect only one value")]
    [InlineData("bad=x", "invalid filter 'bad'")]
    public async Task Prune_WithAFilterThatIsNone_IsRefusedInDockersWords(string filter, string message)
    {
        var pair = filter.Split('=', 2);
        var values = string.Join(',', pair[1].Split("\",\"type=").Select(value => $"%22{value}%22:true"));
        var answer = await Engine.Daemon.Docker.Shell($"curl -s --globoff --unix-socket {Engine.Daemon.Roots.Socket} -XPOST 'http://x/build/prune?filters=%7B%22{pair[0]}%22:%7B{values}%7D%7D'").OutputAsync();
        Assert.Equal($"failed to prune build cache: {message}", System.Text.Json.Nodes.JsonNode.Parse(answer)?["message"]?.GetValue<string>());
    }

    private static string Field(string record, string name) => record.Split('\n').First(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..].Trim();

    private Task<string> RunAsync(params string[] arguments) => Engine.Docker(arguments).OutputAsync();
}
