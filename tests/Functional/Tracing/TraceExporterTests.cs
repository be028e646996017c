using System.Text.Json;
using Boreal.Daemon.Tracing;
using Boreal.Engine.Measuring;
using Boreal.Tests.Functional.Door;
using Boreal.Tests.TestKit.Waiting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Boreal.Tests.Functional.Tracing;

public sealed class TraceExporterTests : IAsyncDisposable
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Caller = "b7ad6b7169203331";

    private readonly FakeCollector _collector = new();

    [Fact]
    public async Task Request_OfATracedCaller_IsBelowItAndItsWorkBelowTheRequest()
    {
        await using (StartExporter())
        {
            await AskAsync($"traceparent: 00-{Trace}-{Caller}-01\r\n");
            await Eventually.HoldsAsync(() => _collector.Spans.Count(OfTrace) >= 2, "the spans have come");
        }

        var request = Assert.Single(_collector.Spans, span => OfTrace(span) && Text(span, "name") is "GET /things/{id}");
        var work = Assert.Single(_collector.Spans, span => OfTrace(span) && Text(span, "name") is "thing.find");
        Assert.Equal((Caller, Text(request, "spanId")), (Text(request, "parentSpanId"), Text(work, "parentSpanId")));
        Assert.Equal(2, request.GetProperty("kind").GetInt32());
        Assert.Equal("{\"intValue\":\"200\"}", Attribute(request, "http.response.status_code"));
        Assert.Equal("{\"stringValue\":\"/things/{id}\"}", Attribute(request, "http.route"));
        Assert.True(long.Parse(Text(request, "endTimeUnixNano")) >= long.Parse(Text(request, "startTimeUnixNano")));
        Assert.Contains(("/v1/traces", "application/json", "secret"), _collector.Requests);
        Assert.Contains("boreal-test", _collector.Resources.First().GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_OfACallerThatDoesNotRecord_IsNotSent()
    {
        await using (StartExporter())
        {
            await AskAsync($"traceparent: 00-{Trace}-{Caller}-00\r\n");
            await AskAsync("");
        }

        Assert.DoesNotContain(_collector.Spans, OfTrace);
    }

    [Fact]
    public async Task Work_ThatFails_HasAnErrorsStatus()
    {
        var work = new EngineWork(TimeProvider.System);
        await using (StartExporter())
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => work.DoAsync("thing.break", "one", () => Task.FromException(new InvalidOperationException("it is broken"))));
        }

        var span = Assert.Single(_collector.Spans, span => Text(span, "name") is "thing.break");
        Assert.Equal("""{"code":2,"message":"it is broken"}""", span.GetProperty("status").GetRawText());
        Assert.Equal(1, work.Tallies["thing.break"].Failures);
    }

    [Fact]
    public async Task Collector_ThatRefuses_HoldsNothingUp()
    {
        _collector.Status = 503;
        await using (StartExporter())
        {
            await AskAsync("");
            await Eventually.HoldsAsync(() => !_collector.Requests.IsEmpty, "it was asked");
            await AskAsync("");
        }
    }

    public ValueTask DisposeAsync() => _collector.DisposeAsync();

    private TraceExporter StartExporter() => new(
        new TraceOptions(_collector.Endpoint) { ServiceName = "boreal-test", Headers = [KeyValuePair.Create("x-key", "secret")] }, TimeProvider.System, NullLogger<TraceExporter>.Instance);

    private static async Task AskAsync(string headers)
    {
        var work = new EngineWork(TimeProvider.System);
        await using var door = await OpenDoor.OpenAsync(routes => routes.Get("/things/{id}", _ => work.DoAsync("thing.find", "one", () => Task.CompletedTask)));
        using var client = door.Connect();
        await client.SendAsync($"GET /things/one HTTP/1.1\r\nHost: x\r\n{headers}Connection: close\r\n\r\n");
        Assert.Contains("200 OK", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    private static bool OfTrace(JsonElement span) => Text(span, "traceId") is Trace;

    private static string Text(JsonElement span, string name) => span.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static string Attribute(JsonElement span, string key) =>
        span.GetProperty("attributes").EnumerateArray().Single(attribute => Text(attribute, "key") == key).GetProperty("value").GetRawText();
}
