using Boreal.Engine.Errors;
using Boreal.Engine.Networks;
using Boreal.Engine.Networks.Drivers;
using Boreal.Engine.State;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Unit.Networks;

/// <summary>The texts are those of Docker 26.</summary>
public sealed class NetworkRequestRulesTests
{
    private static readonly NetworkDefinition Asked = new() { Id = "0123", Name = "n", Created = DateTimeOffset.UnixEpoch, Driver = "bridge" };

    [Theory]
    [InlineData("", "invalid name: ")]
    [InlineData("bridge", "operation is not permitted on predefined bridge network ")]
    [InlineData("default", "operation is not permitted on predefined default network ")]
    public void Check_Name_IsHeldAgainstDockers(string name, string expected) => Assert.Equal(expected, Mistake(Asked with { Name = name }));

    [Fact]
    public void Check_WhatOnlyAClusterHas_IsRefused()
    {
        Assert.Equal("cannot create a swarm scoped network when swarm is not active", Mistake(Asked with { Scope = "swarm" }));
        Assert.Equal("Ingress network can only be global scope network", Mistake(Asked with { IsIngress = true }));
    }

    [Fact]
    public void Check_ConfigOnly_HoldsNoOperatorsFields()
    {
        var config = Asked with { IsConfigOnly = true };

        NetworkRequestRules.Check(config);
        Assert.Equal("a configuration network cannot depend on another configuration network", Mistake(config with { ConfigFrom = "x" }));
        Assert.StartsWith("configuration network can only contain network specific fields.", Mistake(config with { IsInternal = true }), StringComparison.Ordinal);
    }

    [Fact]
    public void Merge_FromADescription_TakesItsSettings()
    {
        using var folder = new TemporaryDirectory();
        using var database = Database.Open(folder.File("networks.db"));
        var registry = new NetworkRegistry(database);
        var description = Asked with
        {
            Name = "config",
            IsConfigOnly = true,
            Pools = [new NetworkPool { Subnet = "10.0.1.0/24" }],
            Labels = new Dictionary<string, string> { ["a"] = "b" },
        };
        registry.Load([new Network(description, new AbsentDriver(), [])]);

        var merged = NetworkRequestRules.Merge(Asked with { ConfigFrom = "config", IsInternal = true }, registry);

        Assert.Equal(("10.0.1.0/24", "b", true), (merged.Pools.Single().Subnet, merged.Labels["a"], merged.IsInternal));
        Assert.Equal(
            "user specified configurations are not supported if the network depends on a configuration network",
            Assert.Throws<EngineException>(() => NetworkRequestRules.Merge(Asked with { ConfigFrom = "config", Pools = description.Pools }, registry)).Message);
        Assert.Equal(
            (ErrorKind.NotFound, "configuration network \"nope\" does not exist"),
            Assert.Throws<EngineException>(() => NetworkRequestRules.Merge(Asked with { ConfigFrom = "nope" }, registry)) is var missing ? (missing.Kind, missing.Message) : default);
    }

    private static string Mistake(NetworkDefinition asked) => Assert.Throws<EngineException>(() => NetworkRequestRules.Check(asked)).Message;
}
