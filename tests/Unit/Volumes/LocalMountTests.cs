using Boreal.Engine.Volumes;
using Boreal.Linux.Syscalls;

namespace Boreal.Tests.Unit.Volumes;

public sealed class LocalMountTests
{
    [Theory]
    [InlineData("", MountFlags.None, "")]
    [InlineData("defaults", MountFlags.None, "")]
    [InlineData("ro,size=1m,uid=7", MountFlags.ReadOnly, "size=1m,uid=7")]
    [InlineData("ro,noexec,rw", MountFlags.NoExec, "")]
    [InlineData("rbind,rslave", MountFlags.Bind | MountFlags.Recursive | MountFlags.Slave, "")]
    [InlineData("addr=10.0.0.5,nfsvers=4,,nodiratime", MountFlags.NoDirectoryAccessTime, "addr=10.0.0.5,nfsvers=4")]
    public void Parse_OfOptions_TellsFlagsFromData(string options, MountFlags flags, string data)
    {
        var mount = LocalMount.Parse(new Dictionary<string, string> { ["type"] = "t", ["device"] = "d", ["o"] = options });
        Assert.Equal(new LocalMount("t", "d", flags, data), mount);
    }
}
