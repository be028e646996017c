using System.Text.Json;
using Boreal.Daemon.Endpoints.Absent;
using Boreal.Daemon.Endpoints.Node;
using Boreal.Engine.Events;
using Boreal.Tests.Functional.Door;

namespace Boreal.Tests.Functional.Node;

public sealed class EventStreamTests
{
    private readonly EventLog _events = new(TimeProvider.System);

    [Fact]
    public async Task Stream_WithoutTimes_SendsItsHeadAtOnceAndThenWhatHappens()
    {
        await using var door = await OpenAsync();
        Publish("container", "start", "c1");
        using var client = door.Connect();
        await client.SendAsync("GET /v1.45/events HTTP/1.1\r\nHost: x\r\n\r\n");

        Assert.Contains("200 OK", await client.ReadUntilAsync("\r\n\r\n"), StringComparison.Ordinal);
        Publish("container", "die", "c1");

        var text = await client.ReadUntilAsync("}\n");
        var message = JsonDocument.Parse(text[text.IndexOf('{', StringComparison.Ordinal)..]).RootElement;
        Assert.Equal(("die", "c1", "busybox"), (message.GetProperty("status").GetString(), message.GetProperty("id").GetString(), message.GetProperty("from").GetString()));
        Assert.Equal(("container", "die", "local"), (message.GetProperty("Type").GetString(), message.GetProperty("Action").GetString(), message.GetProperty("scope").GetString()));
        Assert.Equal("c1", message.GetProperty("Actor").GetProperty("ID").GetString());
        Assert.Equal(message.GetProperty("time").GetInt64(), message.GetProperty("timeNano").GetInt64() / 1_000_000_000);
    }

    [Fact]
    public async Task Stream_UntilThePast_ReplaysAndEnds()
    {
        await using var door = await OpenAsync();
        Publish("container", "start", "c1");
        Publish("network", "connect", "n1");
        using var client = door.Connect();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

        await client.SendAsync($"GET /events?since=1&until={now / 1000}.{now % 1000 + 1:000}000000&filters=%7B%22type%22:%5B%22network%22%5D%7D HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        var answer = await client.ReadToEndAsync();

        Assert.Contains("\"Action\":\"connect\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\"start\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\"status\"", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n0\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/events?since=5&until=1", "400 Bad Request", "`since` time (5) cannot be after `until` time (1)")]
    [InlineData("/events?since=soon", "400 Bad Request", "invalid syntax")]
    [InlineData("/nodes", "503 Service Unavailable", "This node is not a swarm manager.")]
    public async Task Refusals_AreDockersOrSayWhatIsMissing(string path, string status, string message)
    {
        await using var door = await OpenAsync();
        using var client = door.Connect();

        await client.SendAsync($"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        var answer = await client.ReadToEndAsync();

        Assert.StartsWith($"HTTP/1.1 {status}", answer, StringComparison.Ordinal);
        Assert.Contains(message, answer, StringComparison.Ordinal);
    }

    private Task<OpenDoor> OpenAsync() => OpenDoor.OpenAsync(routes =>
    {
        new EventEndpoints(_events, TimeProvider.System).Map(routes);
        new SwarmEndpoints().Map(routes);
        new UnsupportedEndpoints().Map(routes);
    });

    private void Publish(string type, string action, string actor) =>
        _events.Publish(type, action, actor, new Dictionary<string, string> { ["image"] = "busybox", ["name"] = "web" });
}
