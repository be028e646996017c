using Boreal.Daemon.Endpoints.Containers.Create;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Networks;
using Boreal.Engine.Networks.Drivers;

namespace Boreal.Tests.Unit.Endpoints;

/// <summary>The texts are those of Docker 26.</summary>
public sealed class EndpointMappingTests
{
    private static readonly EndpointSpec Plain = new() { Network = "n" };

    [Fact]
    public void Check_AddressInAnAskedSubnet_Passes() =>
        EndpointMapping.Check(Plain with { IPv4Address = "10.0.1.9", LinkLocalAddresses = ["169.254.3.4"], Aliases = ["a"] }, Network(isChosen: false), isPredefined: false);

    [Fact]
    public void Check_AddressOutside_IsDockersError() =>
        Assert.Equal("no configured subnet or ip-range contain the IP address 10.0.9.9", Mistake(Plain with { IPv4Address = "10.0.9.9" }));

    [Fact]
    public void Check_NoAddress_TellsBothMistakes() =>
        Assert.Equal("* invalid IPv4 address: zz\n* no configured subnet or ip-range contain the IP address zz", Mistake(Plain with { IPv4Address = "zz" }));

    [Fact]
    public void Check_AddressWhereTheEngineChose_IsRefused() =>
        Assert.Equal(
            "user specified IP address is supported only when connecting to networks with user configured subnets",
            Mistake(Plain with { IPv4Address = "10.0.1.9" }, isChosen: true));

    [Fact]
    public void Check_LinkLocalAddress_MustBeOne() =>
        Assert.Equal("invalid link-local IP address: bad", Mistake(Plain with { LinkLocalAddresses = ["bad"] }));

    [Fact]
    public void Check_OnAPredefinedNetwork_HasNeitherAliasNorAddress() =>
        Assert.Equal(
            "* network-scoped alias is supported only for containers in user defined networks\n* user specified IP address is supported on user defined networks only",
            Mistake(Plain with { Aliases = ["a"], IPv4Address = "10.0.1.9" }, isPredefined: true));

    [Theory]
    [InlineData("zz")]
    [InlineData("02:00:00:00:00")]
    public void Check_WrongHardwareAddress_IsDockersError(string address) =>
        Assert.Equal(
            $"invalid MAC address {address}",
            Assert.Throws<EngineException>(() => EndpointMapping.Check(Plain with { MacAddress = address }, Network(isChosen: false), isPredefined: false)).Message);

    private static string Mistake(EndpointSpec asked, bool isChosen = false, bool isPredefined = false)
    {
        const string Head = "invalid endpoint settings:\n";
        var exception = Assert.Throws<EngineException>(() => EndpointMapping.Check(asked, Network(isChosen), isPredefined));
        Assert.Equal(ErrorKind.Invalid, exception.Kind);
        Assert.StartsWith(Head, exception.Message, StringComparison.Ordinal);
        return exception.Message[Head.Length..];
    }

    private static Network Network(bool isChosen)
    {
        var definition = new NetworkDefinition
        {
            Id = "0123",
            Name = "n",
            Created = DateTimeOffset.UnixEpoch,
            Driver = "bridge",
            Pools = [new NetworkPool { Subnet = "10.0.1.0/24", IsChosen = isChosen }],
        };
        return new Network(definition, new AbsentDriver(), []);
    }
}
