using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;

namespace Boreal.Tests.Unit.Containers;

/// <summary>As a container of Docker 26 sees them.</summary>
public sealed class LinkVariablesTests
{
    [Fact]
    public void Of_OnePort_TellsWhereItIs() =>
        Assert.Equal(
            [
                "MY_DB_PORT=tcp://172.31.0.2:80",
                "MY_DB_PORT_80_TCP=tcp://172.31.0.2:80",
                "MY_DB_PORT_80_TCP_ADDR=172.31.0.2",
                "MY_DB_PORT_80_TCP_PORT=80",
                "MY_DB_PORT_80_TCP_PROTO=tcp",
                "MY_DB_NAME=/me/my-db",
                "MY_DB_ENV_A=b=c",
            ],
            LinkVariables.Of(Link("my-db", [new PortSpec(80, "tcp")], "A=b=c", "PATH=/bin", "HOME=/"), "me"));

    [Fact]
    public void Of_ContiguousPorts_TellsTheRange()
    {
        PortSpec[] ports = [new(83, "tcp"), new(81, "tcp"), new(53, "udp"), new(80, "udp"), new(80, "tcp"), new(82, "tcp")];

        var told = LinkVariables.Of(Link("x", ports), "me").ToList();

        Assert.Equal("X_PORT=udp://172.31.0.2:53", told[0]);
        Assert.Contains("X_PORT_80_TCP_START=tcp://172.31.0.2:80", told);
        Assert.Contains("X_PORT_80_TCP_END=tcp://172.31.0.2:83", told);
        Assert.Contains("X_PORT_80_TCP_PORT_END=83", told);
        Assert.Single(told, variable => variable.Contains("_END=tcp", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("db", "db h")]
    [InlineData("alias", "alias h db")]
    public void HostNames_OfALink_NameTheOtherOnce(string alias, string expected) => Assert.Equal(expected, Link(alias, []).HostNames);

    private static ContainerLink Link(string alias, PortSpec[] ports, params string[] environment)
    {
        var spec = new ContainerSpec
        {
            Id = ContainerId.Create(),
            Name = "db",
            Created = DateTimeOffset.UnixEpoch,
            ImageId = "",
            ImageName = "",
            Process = new ProcessSpec { Environment = environment, Hostname = "h" },
            Resources = new ResourceSpec(),
            Security = new SecuritySpec(),
            Namespaces = new NamespaceSpec(),
            Network = new NetworkSpec { Mode = "bridge", Exposed = ports },
            Storage = new StorageSpec(),
            Log = new LogSpec("json-file", new Dictionary<string, string>()),
            Restart = new RestartSpec("no", 0),
            Runtime = "crun",
        };
        return new ContainerLink(alias, spec, "172.31.0.2", "");
    }
}
