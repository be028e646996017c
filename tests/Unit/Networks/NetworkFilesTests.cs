using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Networks;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Unit.Networks;

public sealed class NetworkFilesTests
{
    private const string Common = "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\nff00::0\tip6-mcastprefix\nff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n";

    [Theory]
    [InlineData("h1", "", "h1")]
    [InlineData("h1", "d.e", "h1.d.e h1")]
    [InlineData("h1.x.y", "", "h1.x.y h1")]
    public void Hosts_OnTheBridge_EndInTheOwnName(string hostname, string domain, string names) =>
        Assert.Equal(Common + $"172.31.0.2\t{names}\n", HostsFile.Build(Process(hostname, domain), new() { Mode = "bridge" }, Status("bridge"), []));

    [Fact]
    public void Hosts_WithExtraHosts_KeepTheirOrder() =>
        Assert.Equal(
            Common + "1.2.3.4\tfoo\n172.31.0.1\tgw\n::1\tv6\n",
            HostsFile.Build(Process("h"), new() { Mode = "none", ExtraHosts = ["foo:1.2.3.4", "gw:host-gateway", "v6:::1"] }, Status("none"), []));

    [Fact]
    public void Write_HostMode_CopiesTheHostsFile()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory.File("host-hosts"), "10.0.0.1 here\n");
        File.WriteAllText(directory.File("host-resolv"), "nameserver 127.0.0.53\n");

        NetworkFiles.Write(directory.Path, Process("box"), new() { Mode = "host" }, Status("host"), [], new HostFiles(directory.File("host-hosts"), directory.File("host-resolv")));

        Assert.Equal("10.0.0.1 here\n", File.ReadAllText(directory.File("hosts")));
        Assert.Equal("box\n", File.ReadAllText(directory.File("hostname")));
        Assert.Contains("\nnameserver 127.0.0.53\n", File.ReadAllText(directory.File("resolv.conf")), StringComparison.Ordinal);
        Assert.Equal("rw-r--r--", Mode(directory.File("resolv.conf")));
    }

    [Fact]
    public void Hosts_AfterAChange_KeepWhatWasWrittenInside()
    {
        var before = Status("bridge");
        var after = before with { Endpoints = [new() { EndpointId = "", NetworkId = "n", Network = "n", Driver = "bridge", Address = "10.0.0.2", Address6 = "fd00::2" }] };

        var text = HostsFile.Follow(Common + "172.31.0.2\th\n1.2.3.4\tby-hand\n", Process("h"), before, after);

        Assert.Equal(Common + "1.2.3.4\tby-hand\n10.0.0.2\th\nfd00::2\th\n", text);
    }

    private static string Mode(string path) =>
        File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead) ? "rw-r--r--" : File.GetUnixFileMode(path).ToString();

    private static ProcessSpec Process(string hostname, string domain = "") => new() { Environment = [], Hostname = hostname, Domainname = domain };

    private static NetworkStatus Status(string mode) => new()
    {
        Mode = mode,
        SandboxId = "",
        SandboxKey = "",
        HostGateway = "172.31.0.1",
        Endpoints = mode != "bridge" ? [] : [new() { EndpointId = "", NetworkId = "", Network = "bridge", Driver = "bridge", Address = "172.31.0.2", PrefixLength = 20, Gateway = "172.31.0.1" }],
    };
}
