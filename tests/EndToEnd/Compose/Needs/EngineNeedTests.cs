using System.Text.Json;
using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Images;

namespace Boreal.Tests.EndToEnd.Compose.Needs;

/// <summary>What compose breaks on when an engine answers otherwise than Docker: the container API.</summary>
public sealed class EngineNeedTests(EngineUnderTest engine) : IAsyncLifetime
{
    private readonly EngineApi _api = new(engine.Docker);
    private readonly List<string> _containers = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task Ping_Always_SaysVersionBuilderSwarmAndSystem(string method)
    {
        var headers = await _api.HeadersAsync(method, "/_ping");

        Assert.Equal(("2", "inactive", "linux"), (headers["Builder-Version"], headers["Swarm"], headers["Ostype"]));
        Assert.True(Version.Parse(headers["Api-Version"]) >= new Version(1, 45));
    }

    [Theory]
    [InlineData("\"need.project=a\"", "need-1 need-2")]
    [InlineData("\"need.project=a\",\"need.number\"", "need-1")]
    [InlineData("\"need.project\",\"need.number=1\"", "need-1")]
    [InlineData("\"need.project=a\",\"need.number=2\"", "")]
    [InlineData("\"need.project=\"", "")]
    public async Task LabelFilters_OfSeveral_MustAllHold(string labels, string expected)
    {
        await CreateAsync("need-1", """{"Image":"busybox","Labels":{"need.project":"a","need.number":"1"}}""");
        await CreateAsync("need-2", """{"Image":"busybox","Labels":{"need.project":"a"}}""");
        await CreateAsync("need-3", """{"Image":"busybox","Labels":{"need.project":"b"}}""");

        var found = await _api.GetAsync($"/containers/json?all=1&filters={Uri.EscapeDataString($$"""{"label":[{{labels}}]}""")}");

        Assert.Equal(expected, string.Join(' ', Names(found).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Archive_PutIntoANeverStartedContainer_IsThereAtItsStart()
    {
        var id = await CreateAsync("need-put", """{"Image":"busybox","Cmd":["cat","/etc/put.conf"]}""");
        var status = await _api.PutArchiveAsync($"/containers/{id}/archive?path=/", await SmallTar.OfAsync("etc/put.conf", "put before the start"));

        Assert.Equal(200, status);
        Assert.Equal("put before the start", await engine.Docker.OutputAsync("start", "-a", id));
    }

    [Fact]
    public async Task HostPort_AsARange_IsGivenOutOncePerContainer()
    {
        const string body = """{"Image":"busybox","Cmd":["sleep","1000"],"ExposedPorts":{"80/tcp":{}},"HostConfig":{"PortBindings":{"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"18650-18654"}]}}}""";
        var ids = new List<string>();
        for (var i = 0; i < 6; i++) ids.Add(await CreateAsync($"need-range-{i}", body));

        var started = await Task.WhenAll(ids.Select(id => _api.SendAsync("POST", $"/containers/{id}/start")));
        var ports = new List<string>();
        foreach (var id in ids) ports.AddRange((await engine.Docker.OutputAsync("port", id)).Split('\n', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(5, started.Count(answer => answer.Status == 204));
        Assert.Contains("all ports are allocated", started.Single(answer => answer.Status == 500).Answer.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(18650, 5).Select(port => $"80/tcp -> 127.0.0.1:{port}"), ports.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Statuses_OfWhatComposeTries_AreDockers()
    {
        var id = await CreateAsync("need-status", """{"Image":"busybox","Cmd":["sleep","1000"],"HostConfig":{"LogConfig":{"Type":"none"}}}""");
        await _api.SendAsync("POST", $"/containers/{id}/start");

        Assert.Equal(304, (await _api.SendAsync("POST", $"/containers/{id}/start")).Status);
        Assert.Equal(409, (await _api.SendAsync("POST", "/containers/create?name=need-status", """{"Image":"busybox"}""")).Status);
        Assert.Equal(409, (await _api.SendAsync("DELETE", $"/containers/{id}")).Status);
        Assert.Equal(501, (await _api.SendAsync("GET", $"/containers/{id}/logs?stdout=1")).Status);
        Assert.Equal(404, (await _api.SendAsync("GET", "/containers/need-nothing/json")).Status);
        Assert.Equal(404, (await _api.SendAsync("POST", "/containers/create", """{"Image":"need-nothing"}""")).Status);
        await _api.SendAsync("POST", $"/containers/{id}/kill");
        Assert.Equal(304, (await _api.SendAsync("POST", $"/containers/{id}/stop")).Status);
        Assert.Equal(409, (await _api.SendAsync("POST", $"/containers/{id}/kill")).Status);
    }

    [Fact]
    public async Task State_InBackOff_IsRestarting()
    {
        var id = await CreateAsync("need-loop", """{"Image":"busybox","Cmd":["false"],"HostConfig":{"RestartPolicy":{"Name":"always"}}}""");
        await _api.SendAsync("POST", $"/containers/{id}/start");

        // The back-off doubles: soon the container is nearly always in it.
        await TestKit.Waiting.Eventually.HoldsAsync(
            async () =>
            {
                var state = (await _api.GetAsync($"/containers/{id}/json")).GetProperty("State");
                return state.GetProperty("Restarting").GetBoolean() && state.GetProperty("Running").GetBoolean() && state.GetProperty("Status").GetString() == "restarting";
            },
            "the container is restarting");
        var listed = await _api.GetAsync("/containers/json?filters=" + Uri.EscapeDataString("""{"name":["need-loop"],"status":["restarting"]}"""));
        Assert.Equal(["need-loop"], Names(listed));
    }

    public async ValueTask DisposeAsync()
    {
        if (_containers.Count > 0) await engine.Docker.RemoveAsync([.. _containers]);
        _api.Dispose();
    }

    private static IEnumerable<string> Names(JsonElement containers) =>
        containers.EnumerateArray().Select(container => container.GetProperty("Names")[0].GetString()?.TrimStart('/') ?? "");

    private async Task<string> CreateAsync(string name, string body)
    {
        var (status, answer) = await _api.SendAsync("POST", $"/containers/create?name={name}", body);
        Assert.True(status == 201, answer.ToString());
        _containers.Add(name);
        return answer.GetProperty("Id").GetString() ?? "";
    }
}
