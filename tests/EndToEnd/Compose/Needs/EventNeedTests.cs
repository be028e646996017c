using System.Text.Json;
using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Compose.Needs;

/// <summary>Compose follows containers by events alone: their order and their attributes are its truth.</summary>
public sealed class EventNeedTests(EngineUnderTest engine) : IAsyncLifetime
{
    private const string Name = "need-events";

    private readonly string _begin = Now();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Events_OfARestartByPolicy_AreDieAndStart()
    {
        await engine.Docker.OutputAsync("run", "-d", "--name", Name, "--restart", "on-failure:1", EngineUnderTest.Image, "sh", "-c", "exit 3");
        await Eventually.HoldsAsync(async () => await engine.Docker.InspectAsync(Name, "{{.RestartCount}} {{.State.Status}}") == "1 exited", "the container has ended twice");

        Assert.Equal(["create", "start", "die", "start", "die"], Actions(await EventsAsync()));
    }

    [Fact]
    public async Task Events_OfARestartByHand_EndWithRestart()
    {
        await engine.Docker.OutputAsync("run", "-d", "--name", Name, "--label", "need=seen", "--stop-signal", "KILL", EngineUnderTest.Image, "sleep", "1000");
        await engine.Docker.OutputAsync("restart", Name);
        var events = await EventsAsync();

        // Docker tells of the stop before or after the end it caused.
        Assert.Equal(["create", "start", "kill", "die", "start", "restart"], Actions(events).Where(action => action != "stop"));
        Assert.Contains("stop", Actions(events));
        var die = events.First(message => Text(message, "Action") == "die").GetProperty("Actor").GetProperty("Attributes");
        Assert.Equal(("137", Name, "seen", EngineUnderTest.Image), (Text(die, "exitCode"), Text(die, "name"), Text(die, "need"), Text(die, "image")));
    }

    public async ValueTask DisposeAsync() => await engine.Docker.RemoveAsync(Name);

    private async Task<IReadOnlyList<JsonElement>> EventsAsync()
    {
        var lines = await engine.Docker.OutputAsync("events", "--since", _begin, "--until", Now(), "--filter", "container=" + Name, "--format", "{{json .}}");
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    private static string Now()
    {
        var now = TimeProvider.System.GetUtcNow();
        return $"{now.ToUnixTimeSeconds()}.{now.Ticks % TimeSpan.TicksPerSecond:d7}00";
    }

    private static IReadOnlyList<string> Actions(IEnumerable<JsonElement> events) => [.. events.Select(message => Text(message, "Action"))];

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? "";
}
