using Boreal.Daemon.Endpoints.Networks;
using Boreal.Daemon.Http;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks;
using Boreal.Engine.Networks.Drivers;

namespace Boreal.Tests.Unit.Endpoints;

public sealed class NetworkQueryTests
{
    private static readonly Network[] Networks =
    [
        Network("bridge", "aa01", "bridge"), Network("none", "bb02", "null"), Network("shop", "cc03", "bridge", ("a", "b")), Network("shop-2", "cc04", "macvlan"),
    ];

    [Theory]
    [InlineData("{}", "bridge none shop shop-2")]
    [InlineData("""{"name":["shop"]}""", "shop shop-2")]
    [InlineData("""{"name":["^shop$"]}""", "shop")]
    [InlineData("""{"id":["cc"]}""", "shop shop-2")]
    [InlineData("""{"driver":["bridge"]}""", "bridge shop")]
    [InlineData("""{"label":["a=b"]}""", "shop")]
    [InlineData("""{"label":["a","c"]}""", "")]
    [InlineData("""{"type":["custom"]}""", "shop shop-2")]
    [InlineData("""{"type":["builtin"]}""", "bridge none")]
    [InlineData("""{"scope":["swarm"]}""", "")]
    [InlineData("""{"dangling":["true"]}""", "shop-2")]
    [InlineData("""{"dangling":{"0":true}}""", "bridge none shop")]
    public void Matches_ByFilter(string filters, string expected)
    {
        var query = new NetworkQuery(FilterSet.Parse(filters));

        Assert.Equal(expected, string.Join(' ', Networks.Where(network => query.Matches(network, new(["shop"]))).Select(network => network.Name)));
    }

    [Theory]
    [InlineData("""{"bogus":["x"]}""", "invalid filter 'bogus'")]
    [InlineData("""{"type":["x"]}""", "invalid filter: 'type'='x'")]
    [InlineData("""{"dangling":["x"]}""", "invalid value for filter 'dangling', must be \"true\" (or \"1\"), or \"false\" (or \"0\")")]
    [InlineData("""{"dangling":["true","false"]}""", "got more than one value for filter key \"dangling\"")]
    public void Query_Malformed_IsDockersError(string filters, string expected) =>
        Assert.Equal(expected, Assert.Throws<EngineException>(() => new NetworkQuery(FilterSet.Parse(filters))).Message);

    private static Network Network(string name, string id, string driver, params (string Key, string Value)[] labels)
    {
        var definition = new NetworkDefinition
        {
            Id = id,
            Name = name,
            Created = DateTimeOffset.UnixEpoch,
            Driver = driver,
            Labels = labels.ToDictionary(label => label.Key, label => label.Value),
        };
        return new Network(definition, new AbsentDriver(), []);
    }
}
