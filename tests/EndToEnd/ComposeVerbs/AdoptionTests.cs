using Boreal.Tests.EndToEnd.Fixture;

namespace Boreal.Tests.EndToEnd.ComposeVerbs;

/// <summary>A project of the stock plugin is ours without another container, and the other way round.</summary>
public sealed class AdoptionTests(EngineUnderTest engine)
{
    private const string Services = """
          web:
            image: busybox
            command: sh -c 'mkdir /w; echo web > /w/index.html; exec httpd -f -p 80 -h /w'
            stop_signal: KILL
            environment: {B: "2", A: "1"}
            labels: {some: label}
            volumes: ["data:/data", "/anonymous"]
            depends_on: [db]
            healthcheck: {test: "true", interval: 1s}
          db:
            image: busybox
            command: sleep 1000
            stop_signal: KILL
            mem_limit: 64m
            tmpfs: /tmp
            deploy: {replicas: 2}
        volumes: {data: }
        """;

    [Fact]
    public async Task Up_OfAProjectThatStockMade_KeepsItsContainers()
    {
        await using var project = new ComposeProject(engine, "adopt-stock", Services);
        (await project.StockAsync("up -d")).Succeeded("stock up");
        var before = await project.ContainersAsync();
        Assert.Equal(3, before.Count);

        (await project.BorealAsync("up -d --wait")).Succeeded("boreal up");

        Assert.Equal(before, await project.ContainersAsync());
        Assert.Equal(["adopt-stock-db-1", "adopt-stock-db-2", "adopt-stock-web-1"], Lines((await project.BorealAsync("ps --format '{{.Name}}'")).Stdout));
    }

    [Fact]
    public async Task Up_ByStock_OfAProjectThatBorealMade_KeepsItsContainers()
    {
        await using var project = new ComposeProject(engine, "adopt-boreal", Services);
        (await project.BorealAsync("up -d --wait")).Succeeded("boreal up");
        var before = await project.ContainersAsync();
        Assert.Equal(3, before.Count);

        (await project.StockAsync("up -d")).Succeeded("stock up");

        Assert.Equal(before, await project.ContainersAsync());
        Assert.Equal(["adopt-boreal-db-1", "adopt-boreal-db-2", "adopt-boreal-web-1"], Lines((await project.StockAsync("ps --format '{{.Name}}'")).Stdout).Order(StringComparer.Ordinal));
        Assert.Contains("PATH=", (await project.StockAsync("exec -T web env")).Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verbs_OnAProjectThatStockMade_NeedNoUp()
    {
        await using var project = new ComposeProject(engine, "adopt-verbs", Services);
        (await project.StockAsync("up -d")).Succeeded("stock up");

        (await project.BorealAsync("stop -t 0")).Succeeded("stop");
        Assert.Empty(await project.ContainersAsync());
        (await project.BorealAsync("start")).Succeeded("start");
        Assert.Equal(3, (await project.ContainersAsync()).Count);
        (await project.BorealAsync("down -v -t 0")).Succeeded("down");
        Assert.Empty(Lines((await project.StockAsync("ps -a -q")).Stdout));
    }

    [Fact]
    public async Task Up_OfWhatCreateMade_StartsTheseContainers()
    {
        await using var project = new ComposeProject(engine, "adopt-create", Services);
        (await project.BorealAsync("create")).Succeeded("create");
        var made = Lines((await project.BorealAsync("ps -a -q")).Stdout).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(3, made.Count);

        (await project.BorealAsync("up -d --wait")).Succeeded("up");

        Assert.Equal(made, Lines((await project.BorealAsync("ps -q")).Stdout).Order(StringComparer.Ordinal));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
