using Boreal.Engine.Runtime.Bundles;

namespace Boreal.Tests.Unit.Runtime;

public sealed class ContainerEnvironmentTests
{
    private const string Path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    [Fact]
    public void Environment_OfTerminal_HasTerm() => Assert.Equal([Path, "HOSTNAME=h", "TERM=xterm"], ContainerEnvironment.Of("h", tty: true, []));

    [Fact]
    public void Environment_WithOwnVariables_KeepsTheirPlaces() =>
        Assert.Equal(["PATH=/x", "HOSTNAME=h", "A=2", "B="], ContainerEnvironment.Of("h", tty: false, ["A=1", "PATH=/x", "B=", "A=2"]));

    [Fact]
    public void Variable_WithoutValue_TakesTheDefaultAway() => Assert.Equal([Path], ContainerEnvironment.Of("h", tty: false, ["HOSTNAME", "NEVER"]));
}
