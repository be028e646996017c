using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Runtime;

namespace Boreal.Tests.Unit.Runtime;

public sealed class SecurityValidatorTests
{
    public static TheoryData<SecuritySpec, ErrorKind, string> Refused => new()
    {
        { new() { CapAdd = ["FOO"] }, ErrorKind.Invalid, "invalid CapAdd: unknown capability: \"CAP_FOO\"" },
        { new() { CapDrop = ["bar"] }, ErrorKind.Invalid, "invalid CapDrop: unknown capability: \"CAP_BAR\"" },
        { new() { CapAdd = ["FOO"], Privileged = true }, ErrorKind.Invalid, "invalid CapAdd: unknown capability: \"CAP_FOO\"" },
        { new() { CapAdd = ["SYS_RESOURCE"] }, ErrorKind.Invalid, "invalid CapAdd: capability not supported by your kernel or not available in the current environment: \"CAP_SYS_RESOURCE\"" },
        { new() { SecurityOptions = ["foo"] }, ErrorKind.Internal, "invalid --security-opt 1: \"foo\"" },
        { new() { SecurityOptions = ["foo=bar"] }, ErrorKind.Internal, "invalid --security-opt 2: \"foo=bar\"" },
        { new() { SecurityOptions = ["no-new-privileges:maybe"] }, ErrorKind.Internal, "invalid --security-opt 2: \"no-new-privileges:maybe\"" },
        { new() { SecurityOptions = ["systempaths=unconfined"] }, ErrorKind.Internal, "invalid --security-opt 2: \"systempaths=unconfined\"" },
    };

    public static TheoryData<NamespaceSpec, string> BadModes => new()
    {
        { new() { Ipc = "foo" }, "invalid IPC mode: foo" },
        { new() { Pid = "foo" }, "invalid PID mode: foo" },
        { new() { Pid = "container:" }, "invalid PID mode: container:" },
        { new() { Uts = "foo" }, "invalid UTS mode: foo" },
        { new() { Cgroup = "foo" }, "invalid cgroup namespace mode: foo" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Option_Unknown_IsRefusedInDockersWords(SecuritySpec security, ErrorKind kind, string message)
    {
        var exception = Assert.Throws<EngineException>(() => Validate(spec => spec with { Security = security }));

        Assert.Equal((kind, message), (exception.Kind, exception.Message));
    }

    [Theory]
    [MemberData(nameof(BadModes))]
    public void Mode_Unknown_IsRefusedInDockersWords(NamespaceSpec modes, string message) =>
        Assert.Equal(message, Assert.Throws<EngineException>(() => Validate(spec => spec with { Namespaces = modes })).Message);

    [Fact]
    public void Options_DockerKnows_AreAccepted() => Validate(spec => spec with
    {
        Security = new SecuritySpec
        {
            CapAdd = ["all", "net_admin"],
            CapDrop = ["Cap_Chown"],
            SecurityOptions = ["label=disable", "apparmor=foo", "seccomp=unconfined", "no-new-privileges:true", "no-new-privileges", "writable-cgroups=true"],
        },
    });

    [Fact]
    public void PublishedPort_OnHostNetwork_Warns() =>
        Assert.Equal(
            ["Published ports are discarded when using host network mode"],
            Validate(spec => spec with { Network = new NetworkSpec { Mode = "host", Published = [new(new PortSpec(80, "tcp"), "", "")] } }));

    private static List<string> Validate(Func<ContainerSpec, ContainerSpec> change)
    {
        using var fixture = new BundleFixture();
        var warnings = new List<string>();
        new SecurityValidator(BundleFixture.Host).Validate(change(fixture.Spec), warnings);
        return warnings;
    }
}
