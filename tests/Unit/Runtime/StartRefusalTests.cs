using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Runtime;

namespace Boreal.Tests.Unit.Runtime;

/// <summary>What Docker accepts at create and refuses at start, with its status 500 and its words.</summary>
public sealed class StartRefusalTests
{
    private const string Runtime = "failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: ";

    public static TheoryData<SecuritySpec, string> BadSecurity => new()
    {
        { new() { Devices = [new("/dev/x-none", "/dev/x", "rwm")] }, "error gathering device information while adding custom device \"/dev/x-none\": no such file or directory" },
        { new() { Devices = [new("/etc/passwd", "/dev/x", "rwm")] }, "error gathering device information while adding custom device \"/etc/passwd\": not a device node" },
        { new() { DeviceCgroupRules = ["foo"] }, "invalid device cgroup rule format: 'foo'" },
        { new() { Sysctls = Sysctl("foo.bar") }, Runtime + "sysctl \"foo.bar\" is not in a separate kernel namespace: unknown" },
        { new() { SecurityOptions = ["seccomp={\"architectures\":[\"SCMP_ARCH_X86\"],\"archMap\":[{\"architecture\":\"x\"}],\"syscalls\":[]}"] }, "both 'architectures' and 'archMap' are specified in the seccomp profile, use either 'architectures' or 'archMap'" },
    };

    public static TheoryData<string, string> BadUsers => new()
    {
        { "foo", "unable to find user foo: no matching entries in passwd file" },
        { "root:foo", "unable to find group foo: no matching entries in group file" },
        { "-5", "uids and gids must be in range 0-2147483647" },
        { "99999999999", "uids and gids must be in range 0-2147483647" },
        { "4294967290", "uids and gids must be in range 0-2147483647" },
    };

    [Theory]
    [MemberData(nameof(BadSecurity))]
    public void Security_ThatCannotBe_IsRefused(SecuritySpec security, string message) => AssertRefused(spec => spec with { Security = security }, message);

    [Theory]
    [MemberData(nameof(BadUsers))]
    public void User_Unknown_IsRefused(string user, string message) => AssertRefused(spec => spec with { Process = spec.Process with { User = user } }, message);

    [Fact]
    public void Group_Unknown_IsRefused() =>
        AssertRefused(spec => spec with { Process = spec.Process with { AdditionalGroups = ["nope"] } }, "Unable to find group nope: no matching entries in group file");

    [Theory]
    [InlineData("foo", 1, 2, "wrong rlimit value: RLIMIT_FOO: unknown")]
    [InlineData("nofile", 10, 2, "unable to start container process: error during container init: error setting rlimits for ready process: error setting rlimit type 7: invalid argument: unknown")]
    public void Ulimit_Impossible_IsRefused(string name, long soft, long hard, string message) =>
        AssertRefused(spec => spec with { Resources = new ResourceSpec { Ulimits = [new(name, soft, hard)] } }, Runtime + message);

    [Fact]
    public void NetworkSysctl_OnHostNetwork_IsRefused() => AssertRefused(
        spec => spec with { Network = new NetworkSpec { Mode = "host" }, Security = new SecuritySpec { Sysctls = Sysctl("net.ipv4.ip_forward") } },
        Runtime + "sysctl \"net.ipv4.ip_forward\" not allowed in host network namespace: unknown");

    [Fact]
    public void IpcSysctl_InHostIpc_IsRefused() => AssertRefused(
        spec => spec with { Namespaces = new NamespaceSpec { Ipc = "host" }, Security = new SecuritySpec { Sysctls = Sysctl("kernel.shmmax") } },
        Runtime + "sysctl \"kernel.shmmax\" is not allowed in the hosts ipc namespace: unknown");

    [Fact]
    public void TmpfsOption_Unknown_IsRefused() => AssertRefused(
        spec => spec with { Storage = new StorageSpec { Tmpfs = new Dictionary<string, string> { ["/x"] = "foo=bar" } } },
        "invalid tmpfs option \"foo\"");

    private static Dictionary<string, string> Sysctl(string name) => new() { [name] = "1" };

    private static void AssertRefused(Func<ContainerSpec, ContainerSpec> change, string message)
    {
        using var fixture = new BundleFixture();
        var exception = Assert.Throws<EngineException>(() => fixture.Write(change(fixture.Spec), fixture.Inputs));
        Assert.Equal((ErrorKind.Internal, message), (exception.Kind, exception.Message));
    }
}
