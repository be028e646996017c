using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Boreal.Daemon.Connections;
using Boreal.Daemon.Metrics;
using Boreal.Engine.Measuring;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Boreal.Tests.Functional.Metrics;

public sealed class MetricsServerTests : IAsyncLifetime
{
    private readonly MetricsServer _server;
    private readonly HttpClient _http;

    public MetricsServerTests()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen(16);
        _http = new HttpClient { BaseAddress = new Uri($"http://{socket.LocalEndPoint}") };
        _server = new MetricsServer(new ListeningEndPoint(socket, "metrics", null), NullLoggerFactory.Instance);
    }

    public async ValueTask InitializeAsync() => await _server.StartAsync(
        new MetricsApplication(new MetricsDocument(() => [new OneOfEach()]), NullLogger<MetricsApplication>.Instance), TestContext.Current.CancellationToken);

    [Fact]
    public async Task Text_IsWhatPromtoolTakesForRight()
    {
        var promtool = Requirements.Program("promtool", "prometheus");
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory.File("metrics"), await _http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        var checkedText = await Command.Shell($"{promtool} check metrics <{directory.File("metrics")}").RunAsync();

        Assert.Equal((0, "", ""), (checkedText.ExitCode, checkedText.Stdout, checkedText.Stderr));
    }

    [Theory]
    [InlineData("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", true)]
    [InlineData("text/plain;version=0.0.4", false)]
    [InlineData("*/*", false)]
    [InlineData("application/openmetrics-text;q=0, text/plain", false)]
    public async Task Form_IsTheOneTheClientAccepts(string accept, bool isOpenMetrics)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(MediaTypeHeaderValue.Parse(isOpenMetrics ? "application/openmetrics-text; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8"), response.Content.Headers.ContentType);
        Assert.Equal(isOpenMetrics, body.EndsWith("# EOF\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET", "/containers/json", 404)]
    [InlineData("GET", "/metrics/", 404)]
    [InlineData("POST", "/metrics", 405)]
    [InlineData("HEAD", "/metrics", 200)]
    public async Task Address_ServesMetricsAndNothingElse(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _server.StopAsync(deadline.Token);
        _server.Dispose();
    }

    private sealed class OneOfEach : IMetricSource
    {
        public ValueTask WriteAsync(MetricsText text, CancellationToken cancellationToken)
        {
            text.Information("boreal_sample_info", "An information.");
            text.Sample(1, ("version", "1.0"), ("odd", "a\"b\\c\nd"));
            text.Counter("boreal_samples_total", "A counter.");
            text.Sample(3);
            text.Gauge("boreal_sample_bytes", "A gauge.");
            text.Sample(0.5, ("kind", "a"));
            text.Sample(double.PositiveInfinity, ("kind", "b"));
            var histogram = new Histogram(Histogram.Durations);
            histogram.Add(TimeSpan.FromSeconds(0.2));
            histogram.Add(TimeSpan.FromSeconds(200));
            text.Histogram("boreal_sample_seconds", "A histogram.");
            text.Sample(histogram.Read(), ("kind", "a"));
            return ValueTask.CompletedTask;
        }
    }
}
