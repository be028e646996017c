using Boreal.Orchestrator.Scaling;

namespace Boreal.Tests.Unit.Orchestrator.Scaling;

public sealed class CustomMetricsTests
{
    [Theory]
    [InlineData("42\n", "", 42.0)]
    [InlineData("waiting 3.5\n", "waiting", 3.5)]
    [InlineData("# HELP waiting x\n# TYPE waiting gauge\nwaiting{queue=\"a b\"} 3 1700000000\nwaiting{queue=\"c\"} 4\n", "waiting", 7.0)]
    [InlineData("waiting_total 9\nother 1\n", "waiting", null)]
    [InlineData("waiting NaN\n", "waiting", null)]
    [InlineData("not a number", "", null)]
    public void Parse_OfAnAnswer_FindsTheNumber(string text, string name, double? expected) =>
        Assert.Equal(expected, CustomMetrics.Parse(text, name));
}
