using System.Net;
using Boreal.Engine.Networks.Dns;

namespace Boreal.Tests.Unit.Networks.Dns;

public sealed class ServiceNamesTests
{
    private static readonly NameAddresses Virtual = new([10, 0, 0, 9], []);
    private readonly NetworkNames _names = new();

    public ServiceNamesTests() => _names.Set("e1", new EndpointNames(["web-1", "web"], IPAddress.Parse("10.0.0.2"), null));

    [Fact]
    public void Find_ANameOfAService_GivesWhatTheServiceSays()
    {
        _names.SetService("s", new Dictionary<string, NameAddresses> { ["web"] = Virtual });
        _names.Set("e2", new EndpointNames(["web-2", "web"], IPAddress.Parse("10.0.0.3"), null));

        Assert.Same(Virtual, _names.Find("WEB"));
        Assert.Equal([10, 0, 0, 3], _names.Find("web-2")?.V4);
    }

    [Fact]
    public void Find_ANameThatTheServiceGaveUp_GivesItsHolders()
    {
        _names.SetService("s", new Dictionary<string, NameAddresses> { ["web"] = Virtual, ["tasks.web"] = Virtual });

        _names.SetService("s", new Dictionary<string, NameAddresses>());

        Assert.Equal([10, 0, 0, 2], _names.Find("web")?.V4);
        Assert.Null(_names.Find("tasks.web"));
    }

    [Fact]
    public void Find_ANameOfTwoServices_GivesBoth()
    {
        _names.SetService("s", new Dictionary<string, NameAddresses> { ["web"] = Virtual });
        _names.SetService("t", new Dictionary<string, NameAddresses> { ["web"] = new([10, 0, 0, 8], []) { Seconds = 1 } });

        var found = _names.Find("web");

        Assert.Equal([10, 0, 0, 9, 10, 0, 0, 8], found?.V4);
        Assert.Equal(1, found?.Seconds);
    }
}
