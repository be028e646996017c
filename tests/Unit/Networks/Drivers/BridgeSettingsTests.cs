using Boreal.Engine.Errors;
using Boreal.Engine.Networks;
using Boreal.Engine.Networks.Drivers;
using Boreal.Engine.Networks.Firewall;

namespace Boreal.Tests.Unit.Networks.Drivers;

public sealed class BridgeSettingsTests
{
    [Fact]
    public void Of_NoOptions_IsDockersDefault()
    {
        var settings = BridgeSettings.Of(Definition());

        Assert.Equal("br-0123456789ab", settings.Name);
        Assert.True(settings is { Icc: true, Masquerade: true, InhibitIPv4: false, Mtu: null, HostBinding: null, Mode4: GatewayMode.Nat, Mode6: GatewayMode.Nat });
    }

    [Fact]
    public void Of_Options_ReadsThem()
    {
        var settings = BridgeSettings.Of(Definition(
            ("com.docker.network.bridge.name", "mine"),
            ("com.docker.network.bridge.enable_icc", "F"),
            ("com.docker.network.bridge.enable_ip_masquerade", "0"),
            ("com.docker.network.bridge.host_binding_ipv4", "127.0.0.1"),
            ("com.docker.network.bridge.gateway_mode_ipv6", "routed"),
            ("com.docker.network.driver.mtu", "1400"),
            ("of.another.engine", "kept")));

        Assert.Equal(("mine", 1400, "127.0.0.1"), (settings.Name, settings.Mtu, settings.HostBinding?.ToString()));
        Assert.True(settings is { Icc: false, Masquerade: false, Mode4: GatewayMode.Nat, Mode6: GatewayMode.Routed });
    }

    [Theory]
    [InlineData("com.docker.network.bridge.enable_icc", "xx", "failed to parse com.docker.network.bridge.enable_icc value: xx (strconv.ParseBool: parsing \"xx\": invalid syntax)")]
    [InlineData("com.docker.network.driver.mtu", "xx", "failed to parse com.docker.network.driver.mtu value: xx (strconv.Atoi: parsing \"xx\": invalid syntax)")]
    [InlineData("com.docker.network.driver.mtu", "-3", "invalid MTU number: -3")]
    [InlineData("com.docker.network.bridge.host_binding_ipv4", "xx", "failed to parse com.docker.network.bridge.host_binding_ipv4 value: xx (nil ip)")]
    public void Of_WrongValue_IsDockersError(string option, string value, string expected)
    {
        var exception = Assert.Throws<EngineException>(() => BridgeSettings.Of(Definition((option, value))));

        Assert.Equal((ErrorKind.Invalid, expected), (exception.Kind, exception.Message));
    }

    [Fact]
    public void Of_IsolatedButNotInternal_IsRefused()
    {
        var asked = Definition(("com.docker.network.bridge.gateway_mode_ipv4", "isolated"));

        Assert.Throws<EngineException>(() => BridgeSettings.Of(asked));
        Assert.Equal(GatewayMode.Isolated, BridgeSettings.Of(asked with { IsInternal = true }).Mode4);
    }

    private static NetworkDefinition Definition(params (string Name, string Value)[] options) => new()
    {
        Id = "0123456789abcdef",
        Name = "n",
        Created = DateTimeOffset.UnixEpoch,
        Driver = "bridge",
        Options = options.ToDictionary(option => option.Name, option => option.Value),
    };
}
