using Boreal.Linux.Cgroups;

namespace Boreal.Tests.Linux.Processes;

public sealed class CgroupMovesTests
{
    [Fact]
    public void Expectation_OfMoves_LeavesThisProcessWhereItIs()
    {
        var before = File.ReadAllText("/proc/self/cgroup");
        using (var moves = new CgroupMoves(CgroupLayout.Detect()))
            moves.Expect();

        Assert.Equal(before, File.ReadAllText("/proc/self/cgroup"));
    }
}
