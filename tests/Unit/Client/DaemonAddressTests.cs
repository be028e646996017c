using Boreal.Client.Addresses;

namespace Boreal.Tests.Unit.Client;

public sealed class DaemonAddressTests
{
    [Theory]
    [InlineData("unix:///run/x.sock", "/run/x.sock", "", 0)]
    [InlineData("/run/x.sock", "/run/x.sock", "", 0)]
    [InlineData("tcp://node:1234", null, "node", 1234)]
    [InlineData("tcp://node", null, "node", 2375)]
    [InlineData("https://node/prefix/", null, "node", 2376)]
    [InlineData("tcp://[::1]:99", null, "::1", 99)]
    [InlineData("node:1234", null, "node", 1234)]
    public void Parse_OfEachForm_FindsItsParts(string text, string? socket, string host, int port)
    {
        var address = DaemonAddress.Parse(text);
        Assert.Equal((socket, host, port), (address.SocketPath, address.Host, address.Port));
    }

    [Theory]
    [InlineData("ftp://x")]
    [InlineData("unix://")]
    [InlineData("tcp://x:0")]
    [InlineData("tcp://x:99999")]
    public void Parse_OfOtherText_Fails(string text) => Assert.Throws<FormatException>(() => DaemonAddress.Parse(text));
}
