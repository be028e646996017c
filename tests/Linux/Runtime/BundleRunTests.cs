using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Runtime;

namespace Boreal.Tests.Linux.Runtime;

public sealed class BundleRunTests
{
    [Fact]
    public async Task Container_WithoutOptions_HasDockersPrivileges()
    {
        await using var box = await RunningBundle.StartAsync(spec => spec, "sleep", "100");

        Assert.Equal("00000000a80425fb", box.Status("CapEff"));
        Assert.Equal("00000000a80425fb", box.Status("CapBnd"));
        Assert.Equal("0000000000000000", box.Status("CapInh"));
        Assert.Equal("2", box.Status("Seccomp"));
        Assert.Equal("0", box.Status("NoNewPrivs"));
        Assert.Equal(1, (await box.ExecAsync("unshare", "-m", "true")).ExitCode);
        Assert.Equal(1, (await box.ExecAsync("sh", "-c", "echo 1 > /proc/sys/kernel/panic")).ExitCode);
        Assert.Equal("0\n", (await box.ExecAsync("sh", "-c", "cat /proc/interrupts | wc -l")).Stdout);
        Assert.Equal("hosts", (await box.ExecAsync("cat", "/etc/hosts")).Stdout);
    }

    [Fact]
    public async Task Container_OfUser_HasItsGroupsAndHomeAndNoPrivileges()
    {
        await using var box = await RunningBundle.StartAsync(spec => spec with { Process = spec.Process with { User = "www-data" } }, "sleep", "100");

        Assert.Equal("0000000000000000", box.Status("CapEff"));
        Assert.Equal("33\t33\t33\t33", box.Status("Uid"));
        Assert.Equal("29 33", box.Status("Groups"));
        Assert.Equal("/var/www\n", (await box.ExecAsync("sh", "-c", "echo $HOME")).Stdout);
    }

    [Fact]
    public async Task Container_Privileged_SeesDevicesAndWritableSystem()
    {
        await using var box = await RunningBundle.StartAsync(spec => spec with { Security = new SecuritySpec { Privileged = true } }, "sleep", "100");

        Assert.Equal("0", box.Status("Seccomp"));
        Assert.Equal(File.ReadLines("/proc/self/status").First(line => line.StartsWith("CapBnd:", StringComparison.Ordinal))[7..].Trim(), box.Status("CapEff"));
        Assert.Equal(0, (await box.ExecAsync("sh", "-c", "test -c /dev/kmsg && test -w /proc/sys/kernel/panic")).ExitCode);
    }

    [Fact]
    public async Task Container_WithMountsAndSysctls_HasThem()
    {
        await using var box = await RunningBundle.StartAsync(
            spec => spec with
            {
                Storage = new StorageSpec
                {
                    ReadonlyRootfs = true,
                    ShmSize = 1 << 20,
                    Tmpfs = new Dictionary<string, string> { ["/scratch"] = "size=64k,mode=1770" },
                    MountPoints = [new MountPoint { Type = "bind", Source = "/sys/fs", Destination = "/data", Writable = false, ReadOnlyRecursive = true, Propagation = "rprivate" }],
                },
                Security = new SecuritySpec { Sysctls = new Dictionary<string, string> { ["kernel.msgmax"] = "12345" }, Devices = [new("/dev/kmsg", "/dev/mine", "r")] },
                Resources = new ResourceSpec { Ulimits = [new UlimitSpec("nofile", 100, 200)] },
            },
            "sleep",
            "100");

        var mounts = (await box.ExecAsync("cat", "/proc/self/mountinfo")).Stdout;
        Assert.Matches("/rootfs / ro", mounts);
        Assert.Matches(@" /data ro", mounts);
        Assert.DoesNotMatch(@" /data/\S+ rw", mounts);
        Assert.Matches(@" /scratch rw,nosuid,nodev,noexec.*size=64k", mounts);
        Assert.Matches(@" /dev/shm rw,.*size=1024k", mounts);
        Assert.Equal("12345\n100\n200\n", (await box.ExecAsync("sh", "-c", "cat /proc/sys/kernel/msgmax; ulimit -n; ulimit -Hn")).Stdout);
        Assert.Equal(0, (await box.ExecAsync("test", "-c", "/dev/mine")).ExitCode);
        Assert.Equal(1, (await box.ExecAsync("sh", "-c", ": > /dev/mine")).ExitCode);
    }

    [Fact]
    public async Task Exec_WithOptions_HasThem()
    {
        await using var box = await RunningBundle.StartAsync(spec => spec with { Process = spec.Process with { Environment = ["FROM=container"], WorkingDirectory = "/var" } }, "sleep", "100");

        var plain = await box.ExecAsync("sh", "-c", "echo $FROM $HOSTNAME; pwd; id -u");
        Assert.Equal($"container {box.Spec.Id.Short}\n/var\n0\n", plain.Stdout);

        var changed = await box.ExecAsync(new ExecProcess { Command = ["sh", "-c", "echo $FROM $MORE; pwd; id; grep CapBnd /proc/self/status"], Environment = ["FROM=exec", "MORE=1"], WorkingDirectory = "/etc", User = "12:34", Privileged = true });
        Assert.Equal("exec 1\n/etc\nuid=12 gid=34 groups=34", string.Join('\n', changed.Stdout.Split('\n')[..3]));
        Assert.DoesNotContain("a80425fb", changed.Stdout);
    }

    [Theory]
    [InlineData("rshared", "shared")]
    [InlineData("rslave", "master")]
    public async Task Bind_WithPropagation_NeedsASharedSource(string propagation, string tag)
    {
        var source = Directory.CreateTempSubdirectory("bt").FullName;
        Boreal.Linux.Syscalls.Mount.Attach("t", source, "tmpfs", Boreal.Linux.Syscalls.MountFlags.None);
        try
        {
            Task<RunningBundle> Start() => RunningBundle.StartAsync(
                spec => spec with { Storage = new StorageSpec { MountPoints = [new MountPoint { Type = "bind", Source = source, Destination = "/data", Propagation = propagation }] } }, "sleep", "100");
            var refused = await Assert.ThrowsAsync<Engine.Errors.EngineException>(Start);
            Assert.StartsWith($"path {source} is mounted on {source} but it is not a shared", refused.Message, StringComparison.Ordinal);

            Boreal.Linux.Syscalls.Mount.SetPropagation(source, Boreal.Linux.Syscalls.MountFlags.Shared);
            await using var box = await Start();
            Assert.Matches($" / /data rw[^-]* {tag}:", (await box.ExecAsync("cat", "/proc/self/mountinfo")).Stdout);
        }
        finally
        {
            Boreal.Linux.Syscalls.Mount.Detach(source);
            Directory.Delete(source);
        }
    }
}
