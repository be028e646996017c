using Boreal.Api.Apps;
using Boreal.Cli.Commands.Apps;
using Boreal.Cli.Output;

namespace Boreal.Tests.Unit.Cli.Commands;

public sealed class UsageWindowTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly UsageWindow _window = new();

    [Fact]
    public void Row_OfTheFirstLook_KnowsNoRates()
    {
        var row = Assert.Single(_window.Add([Look(0)]));

        Assert.Null(row.CpuPercent);
        Assert.Null(row.RequestsPerSecond);
    }

    [Fact]
    public void Row_OfTheSecondLook_TellsWhatHappenedInBetween()
    {
        _window.Add([Look(0, cpuSeconds: 1, requests: 100)]);

        var row = Assert.Single(_window.Add([Look(2, cpuSeconds: 2, requests: 150)]));

        Assert.Equal((50, 25), (row.CpuPercent, row.RequestsPerSecond));
    }

    [Fact]
    public void Percentiles_AreOfTheLatestRequestsOnly()
    {
        _window.Add([Look(0, requests: 100, buckets: [new(5, 100)])]);

        var row = Assert.Single(_window.Add([Look(1, requests: 200, buckets: [new(0.01, 60), new(0.1, 40), new(5, 100)])]));

        Assert.Equal((0.01, 0.1), (row.Percentile(0.5), row.Percentile(0.95)));
    }

    [Fact]
    public void Percentiles_ReachTenSecondsBack()
    {
        for (var second = 0; second <= 20; second++)
            _window.Add([Look(second, requests: second, buckets: [new(second < 10 ? 5 : 0.01, second + 1)])]);

        var row = Assert.Single(_window.Add([Look(21, requests: 21, buckets: [new(0.01, 21)])]));

        Assert.Equal(0.01, row.Percentile(0.99));
    }

    [Fact]
    public void Window_AfterARestartOfTheDaemon_BeginsAnew()
    {
        _window.Add([Look(0, requests: 100)]);

        Assert.Null(Assert.Single(_window.Add([Look(1, requests: 3)])).RequestsPerSecond);
    }

    [Fact]
    public void Container_ThatIsAnother_CountsOnlyFromNowOn()
    {
        _window.Add([Look(0, cpuSeconds: 500)]);

        Assert.Equal(0, Assert.Single(_window.Add([Look(1, cpuSeconds: 0.5)])).CpuPercent);
    }

    [Fact]
    public void Table_HasAWordForWhatIsNotKnown()
    {
        var service = Look(0) with { Traffic = null, Connections = null, LastDecision = new AppDecision { At = Start.AddMinutes(-3), Why = "scale from 1 to 2, by hand" } };

        Assert.Equal(
            "web 2/2 -- 1MiB / -- -- -- -- 3m ago: scale from 1 to 2, by hand\n",
            new Listing(UsageRow.Columns(), "{{.Name}} {{.Replicas}} {{.CPUPerc}} {{.MemUsage}} {{.Connections}} {{.Requests}} {{.P95}} {{.Decision}}").Render(_window.Add([service]), ""));
    }

    private static ServiceUsage Look(double seconds, double cpuSeconds = 0, long requests = 0, IReadOnlyList<ResponseTimeBucket>? buckets = null) => new()
    {
        App = "shop",
        Name = "web",
        At = Start.AddSeconds(seconds),
        Counts = new ServiceCounts { Desired = 2, Running = 2 },
        Connections = 3,
        Tasks = [new TaskUsage { ContainerId = "c1", CpuTime = (ulong)(cpuSeconds * 1e9), Memory = 1 << 20 }],
        Traffic = new TrafficUsage { Requests = requests, ResponseTimes = buckets ?? [] },
    };
}
