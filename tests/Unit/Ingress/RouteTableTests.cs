using Boreal.Ingress.Backends;
using Boreal.Ingress.Measuring;
using Boreal.Ingress.Routing;

namespace Boreal.Tests.Unit.Ingress;

public sealed class RouteTableTests
{
    private readonly Dictionary<string, Upstream> _upstreams = [];

    [Theory]
    [InlineData("shop.test", "/", "shop")]
    [InlineData("SHOP.TEST.", "/x", "shop")]
    [InlineData("shop.test", "/api", "api")]
    [InlineData("shop.test", "/api/v1", "api")]
    [InlineData("shop.test", "/apis", "shop")]
    [InlineData("a.test", "/", "wildcard")]
    [InlineData("a.b.test", "/", "wildcard")]
    [InlineData("test", "/", "")]
    [InlineData("elsewhere", "/", "")]
    [InlineData("elsewhere", "/metrics", "anywhere")]
    [InlineData("shop.test", "/metrics", "shop")]
    [InlineData("shop.test", "/first", "first")]
    public void Find_ByHostAndPath_TakesTheClosest(string host, string path, string expected)
    {
        var table = new RouteTable(
        [
            Rule("wildcard", ["*.test"]), Rule("shop", ["shop.test"]), Rule("api", ["shop.test"], "/api"), Rule("anywhere", [], "/metrics"), Rule("first", [], "/first", priority: 1),
        ]);

        var found = table.Find(host, path).Upstream;

        Assert.Equal(expected, _upstreams.FirstOrDefault(one => ReferenceEquals(one.Value, found)).Key ?? "");
    }

    [Theory]
    [InlineData("/api/v1", "/v1")]
    [InlineData("/api", "/")]
    public void Match_OfARouteThatStrips_TakesItsPrefixOff(string path, string left)
    {
        var match = new RouteTable([Rule("api", [], "/api") with { Strips = true }]).Find("x", path);

        Assert.Equal(left, match.PathWithout(path).Value);
    }

    private RouteRule Rule(string name, string[] hosts, string path = "", int priority = 0) =>
        new(hosts, path, Strips: false, priority, _upstreams[name] = new Upstream(new TrafficMeter(name, TimeProvider.System)), Certificate: null);
}
