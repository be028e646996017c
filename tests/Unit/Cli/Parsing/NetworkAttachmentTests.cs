using Boreal.Cli.Parsing;

namespace Boreal.Tests.Unit.Cli.Parsing;

public sealed class NetworkAttachmentTests
{
    [Fact]
    public void Parse_OfAName_AsksForNothing() => Assert.Equal("app", NetworkAttachment.Parse("app").Target);

    [Fact]
    public void Parse_OfFields_KeepsThemAll()
    {
        var (target, settings) = NetworkAttachment.Parse("name=app,alias=db,\"alias=data\",ip=10.9.0.7,ip6=fd00::7,mac-address=02:42:0a:09:00:07,gw-priority=-3,driver-opt=a=b=c");

        Assert.Equal("app", target);
        Assert.Equal(["db", "data"], settings.Aliases);
        Assert.Equal(("10.9.0.7", "fd00::7"), (settings.IPAMConfig?.IPv4Address, settings.IPAMConfig?.IPv6Address));
        Assert.Equal(("02:42:0a:09:00:07", -3, "b=c"), (settings.MacAddress, settings.GwPriority, settings.DriverOpts?["a"]));
    }

    [Theory]
    [InlineData("alias=db", "network name/id is not specified")]
    [InlineData("name=app,alias", "invalid field alias")]
    [InlineData("name=app,colour=red", "invalid field key colour")]
    [InlineData("name=app,gw-priority=high", "invalid gw-priority (high): invalid syntax")]
    [InlineData("name=app,driver-opt=a", "invalid key value pair format in driver options")]
    [InlineData("name=app,mac-address=zz", "zz is not a valid mac address")]
    public void Parse_OfWhatIsWrong_SaysWhy(string text, string problem) =>
        Assert.Equal(problem, Assert.Throws<FormatException>(() => NetworkAttachment.Parse(text)).Message);
}
