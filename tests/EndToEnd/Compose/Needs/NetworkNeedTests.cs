using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Engines;

namespace Boreal.Tests.EndToEnd.Compose.Needs;

/// <summary>What compose breaks on when an engine answers otherwise than Docker: networks.</summary>
public sealed class NetworkNeedTests(EngineUnderTest engine) : IAsyncLifetime
{
    private const string Labels = """{"com.docker.compose.network":"default","com.docker.compose.project":"need","empty":"","odd":"a=b, \"c\" \u00e9\n"}""";

    private readonly EngineApi _api = new(engine.Docker);

    public async ValueTask InitializeAsync()
    {
        foreach (var name in new[] { "need-net-a", "need-net-b" })
            Assert.Equal(201, (await _api.SendAsync("POST", "/networks/create", $$"""{"Name":"{{name}}","CheckDuplicate":true,"Driver":"bridge","Labels":{{Labels}}}""")).Status);
    }

    [Fact]
    public async Task Create_WithSeveralEndpoints_JoinsAllByNameWithTheirAliases()
    {
        await RunAsync("need-both", """{"need-net-a":{"Aliases":["need-both","web"]},"need-net-b":{"Aliases":["web","extra"]}}""");

        var inspected = await _api.GetAsync("/containers/need-both/json");
        var networks = inspected.GetProperty("NetworkSettings").GetProperty("Networks");
        Assert.Equal("need-net-a", inspected.GetProperty("HostConfig").GetProperty("NetworkMode").GetString());
        Assert.Equal(["need-net-a", "need-net-b"], networks.EnumerateObject().Select(network => network.Name).Order(StringComparer.Ordinal));
        Assert.All(networks.EnumerateObject(), network => Assert.NotEqual("", network.Value.GetProperty("IPAddress").GetString()));
        Assert.Equal("need-net-b", (await _api.GetAsync($"/networks/{networks.GetProperty("need-net-b").GetProperty("NetworkID").GetString()}")).GetProperty("Name").GetString());
    }

    [Fact]
    public async Task Labels_OfANetwork_ComeBackAsGiven()
    {
        await RunAsync("need-member", """{"need-net-a":{}}""");
        using var asked = System.Text.Json.JsonDocument.Parse(Labels);
        var expected = Sorted(asked.RootElement);

        var listed = await _api.GetAsync("/networks?filters=" + Uri.EscapeDataString("""{"label":["com.docker.compose.project=need","empty"]}"""));
        var inspected = await _api.GetAsync("/networks/need-net-a");

        Assert.Equal(2, listed.GetArrayLength());
        Assert.All(listed.EnumerateArray(), network => Assert.Equal(expected, Sorted(network.GetProperty("Labels"))));
        Assert.Equal(expected, Sorted(inspected.GetProperty("Labels")));
        Assert.Equal(["need-member"], inspected.GetProperty("Containers").EnumerateObject().Select(member => member.Value.GetProperty("Name").GetString()));
    }

    [Fact]
    public async Task Names_OfReplicas_AnswerWithAllOfThemOnEveryNetwork()
    {
        await RunAsync("need-web-1", """{"need-net-a":{"Aliases":["need-web-1","web"]},"need-net-b":{"Aliases":["need-web-1","web"]}}""");
        await RunAsync("need-web-2", """{"need-net-a":{"Aliases":["need-web-2","web"]}}""");
        await RunAsync("need-client", """{"need-net-a":{}}""");
        await RunAsync("need-other", """{"need-net-b":{}}""");

        Assert.Equal(2, await AddressesAsync("need-client", "web"));
        Assert.Equal(1, await AddressesAsync("need-client", "need-web-1"));
        Assert.Equal(1, await AddressesAsync("need-client", "need-web-2"));
        Assert.Equal(1, await AddressesAsync("need-other", "web"));
        Assert.Equal(0, await AddressesAsync("need-other", "need-web-2"));
    }

    public async ValueTask DisposeAsync()
    {
        await engine.Docker.RemoveAsync("need-both", "need-member", "need-web-1", "need-web-2", "need-client", "need-other");
        await engine.Docker.RunAsync("network", "rm", "need-net-a", "need-net-b");
        _api.Dispose();
    }

    private static SortedDictionary<string, string?> Sorted(System.Text.Json.JsonElement labels) =>
        new(labels.EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString()), StringComparer.Ordinal);

    private async Task RunAsync(string name, string endpoints)
    {
        var (status, answer) = await _api.SendAsync(
            "POST", $"/v1.45/containers/create?name={name}",
            $$$"""{"Image":"busybox","Cmd":["sleep","1000"],"HostConfig":{"NetworkMode":"{{{(endpoints.Contains("net-a", StringComparison.Ordinal) ? "need-net-a" : "need-net-b")}}}"},"NetworkingConfig":{"EndpointsConfig":{{{endpoints}}}}}""");
        Assert.True(status == 201, answer.ToString());
        Assert.Equal(204, (await _api.SendAsync("POST", $"/containers/{name}/start")).Status);
    }

    private async Task<int> AddressesAsync(string from, string name)
    {
        var answer = await engine.Docker.RunAsync("exec", from, "nslookup", "-type=a", name);
        return answer.Stdout.Split('\n').Count(line => line.StartsWith("Address: ", StringComparison.Ordinal));
    }
}
