using Boreal.Linux.Cgroups;

namespace Boreal.Tests.Unit.Runtime;

public sealed class CgroupLayoutTests
{
    private const string Root = "21 1 8:1 / / rw - ext4 /dev/root rw\n";

    [Fact]
    public void Layout_OfOneUnifiedTree_IsVersion2()
    {
        var layout = CgroupLayout.Parse(Root + "30 21 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n");

        Assert.Equal((CgroupVersion.V2, "/sys/fs/cgroup"), (layout.Version, layout.Unified));
        Assert.Equal("/sys/fs/cgroup/boreal/x", layout.DirectoryV2("/boreal/x"));
    }

    [Fact]
    public void Layout_OfControllersBesideTheUnifiedTree_IsHybrid()
    {
        var layout = CgroupLayout.Parse(Root
            + "31 30 0:27 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
            + "32 30 0:28 / /sys/fs/cgroup/my\\040memory rw - cgroup cgroup rw,memory\n"
            + "33 30 0:29 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,release_agent=/x,name=systemd\n"
            + "34 30 0:30 / /sys/fs/cgroup/unified rw - cgroup2 cgroup rw\n");

        Assert.Equal((CgroupVersion.Hybrid, true), (layout.Version, layout.UsesV1Limits));
        Assert.Equal("/sys/fs/cgroup/cpu,cpuacct/g", layout.DirectoryV1("cpuacct", "g"));
        Assert.Equal("/sys/fs/cgroup/my memory/g", layout.DirectoryV1("memory", "g"));
        Assert.Null(layout.DirectoryV1("pids", "g"));
        Assert.Equal(["cpu", "cpuacct", "memory", "name=systemd"], layout.Hierarchies.Keys.Order());
    }

    [Fact]
    public void Layout_OfNamedHierarchyAlone_IsVersion2() =>
        Assert.Equal(CgroupVersion.V2, CgroupLayout.Parse("1 0 0:1 / /a rw - cgroup2 x rw\n2 0 0:2 / /b rw - cgroup x rw,name=systemd\n").Version);

    [Fact]
    public void Layout_WithoutUnifiedTree_IsVersion1() => Assert.Equal(CgroupVersion.V1, CgroupLayout.Parse("2 0 0:2 / /b rw - cgroup x rw,memory\n").Version);
}
