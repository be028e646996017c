using System.Text.Json;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.EndToEnd.Apps;

/// <summary>What an app does can be seen: live, and by Prometheus.</summary>
public sealed class SeenTests : IAsyncLifetime
{
    private const string Settings = """
        deploy: {replicas: 2, resources: {limits: {memory: 128M}}}
        x-autoscale: {min: 2, max: 4, interval: 1s, metrics: [{type: cpu, target: 60%}]}
        """;

    private readonly WebApp _app = new();

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync();
        await _app.WriteAsync(Settings);
        await _app.ComposeAsync("up", "--wait");
    }

    [Fact]
    public async Task Top_OfAnApp_TellsItsServices()
    {
        var told = await _app.Boreal("app", "top", "--no-stream", "--format", "json", WebApp.Name).OutputAsync();

        var row = JsonDocument.Parse(told).RootElement;
        Assert.Equal(("web", "2/2", "2", "as asked"), (Text(row, "Name"), Text(row, "Replicas"), Text(row, "Ready"), Text(row, "Status")));
        Assert.EndsWith("%", Text(row, "CPUPerc"), StringComparison.Ordinal);
        Assert.EndsWith(" / 256MiB", Text(row, "MemUsage"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_OfAnEngineAtWork_ArePrometheusAndTellTheApp()
    {
        using var api = new EngineApi(_app.Daemon.Docker);
        var text = await api.GetTextAsync("/metrics", "text/plain");

        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory.File("metrics"), text, TestContext.Current.CancellationToken);
        var checkedText = await Command.Shell($"{Requirements.Program("promtool", "prometheus")} check metrics <{directory.File("metrics")}").RunAsync();
        Assert.Equal((0, "", ""), (checkedText.ExitCode, checkedText.Stdout, checkedText.Stderr));
        Assert.Contains($"boreal_service_replicas_ready{{app=\"{WebApp.Name}\",service=\"web\"}} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("boreal_engine_work_duration_seconds_count{work=\"container.start\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("boreal_containers{state=\"running\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains($"boreal_autoscaler_metric_target{{app=\"{WebApp.Name}\",service=\"web\",metric=\"cpu\"}} 0.6\n", text, StringComparison.Ordinal);
        Assert.EndsWith("# EOF\n", await api.GetTextAsync("/metrics", "application/openmetrics-text; version=1.0.0"), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString() ?? "";
}
