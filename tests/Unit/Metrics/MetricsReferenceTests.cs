using System.Text.RegularExpressions;
using Boreal.Tests.TestKit;

namespace Boreal.Tests.Unit.Metrics;

/// <summary>The reference page lists the metrics that there are.</summary>
public sealed partial class MetricsReferenceTests
{
    [Fact]
    public void Page_ListsEveryMetricAndItsType()
    {
        var told = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/Boreal.Daemon/Metrics"), "*.cs")
            .SelectMany(path => Told().Matches(File.ReadAllText(path)))
            .Select(match => (match.Groups[2].Value, match.Groups[1].Value.ToLowerInvariant()));
        var listed = Listed().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs/reference/metrics.md")))
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value));

        Assert.Equal(told.Order(), listed.Order());
    }

    [GeneratedRegex("""text\.(Counter|Gauge|Histogram|Information)\("([a-z_]+)",""")]
    private static partial Regex Told();

    [GeneratedRegex("""(?m)^\| `([a-z_]+)` \| (\w+) \|""")]
    private static partial Regex Listed();
}
