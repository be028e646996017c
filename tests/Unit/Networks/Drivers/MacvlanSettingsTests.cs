using Boreal.Engine.Errors;
using Boreal.Engine.Networks;
using Boreal.Engine.Networks.Drivers;
using Boreal.Linux.Netlink;

namespace Boreal.Tests.Unit.Networks.Drivers;

public sealed class MacvlanSettingsTests
{
    [Theory]
    [InlineData("", MacvlanMode.Bridge)]
    [InlineData("private", MacvlanMode.Private)]
    [InlineData("vepa", MacvlanMode.Vepa)]
    [InlineData("passthru", MacvlanMode.PassThrough)]
    public void Of_Mode_IsRead(string text, MacvlanMode expected) => Assert.Equal(expected, MacvlanSettings.Of(Definition("eth0", text)).Mode);

    [Fact]
    public void Of_NoParent_NamesOneOfItsOwn()
    {
        var settings = MacvlanSettings.Of(Definition("", ""));

        Assert.Equal(("dm-0123456789ab", true), (settings.Parent, settings.IsParentMade));
    }

    [Fact]
    public void Of_UnknownMode_IsDockersError() =>
        Assert.Equal(
            "requested macvlan mode 'bogus' is not valid, 'bridge' mode is the macvlan driver default",
            Assert.Throws<EngineException>(() => MacvlanSettings.Of(Definition("eth0", "bogus"))).Message);

    [Fact]
    public void ParseVlan_Subinterface_GivesItsParts() => Assert.Equal(("eth0.1", (ushort)10), MacvlanSettings.ParseVlan("eth0.1.10"));

    [Theory]
    [InlineData("nodev0", "invalid subinterface vlan name nodev0, example formatting is eth0.10")]
    [InlineData("eth0.x", "invalid subinterface vlan name eth0.x, example formatting is eth0.10")]
    [InlineData("eth0.4095", "vlan id must be between 1-4094, received: 4095")]
    public void ParseVlan_NoSubinterface_IsDockersError(string parent, string expected) =>
        Assert.Equal(expected, Assert.Throws<EngineException>(() => MacvlanSettings.ParseVlan(parent)).Message);

    private static NetworkDefinition Definition(string parent, string mode) => new()
    {
        Id = "0123456789abcdef",
        Name = "n",
        Created = DateTimeOffset.UnixEpoch,
        Driver = "macvlan",
        Options = new Dictionary<string, string> { ["parent"] = parent, ["macvlan_mode"] = mode },
    };
}
