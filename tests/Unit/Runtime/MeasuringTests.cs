using Boreal.Engine.Runtime;
using Boreal.Engine.Runtime.Measuring;

namespace Boreal.Tests.Unit.Runtime;

public sealed class MeasuringTests
{
    [Fact]
    public void MachineCounters_OfProcStat_SumTheFirstSevenFields()
    {
        var counters = MachineCounters.Parse(["cpu  1 2 3 4 5 6 7 1000 1000 1000", "cpu0 1 0 0 0 0 0 0 0 0 0", "cpu1 0 2 3 4 5 6 7 0 0 0", "intr 5", "cpu9 1"]);

        Assert.Equal(new MachineCounters(280_000_000, 2), counters);
    }

    [Fact]
    public void InterfaceCounters_OfNetDev_LeaveTheLoopbackOut()
    {
        var counters = InterfaceCounters.Parse(
        [
            "Inter-|   Receive                                                |  Transmit",
            " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed",
            "    lo:     100       1    0    0    0     0          0         0      100       1    0    0    0     0       0          0",
            "  eth0:1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16",
        ]);

        var (name, stats) = Assert.Single(counters);
        Assert.Equal("eth0", name);
        Assert.Equal(new InterfaceStats { RxBytes = 1, RxPackets = 2, RxErrors = 3, RxDropped = 4, TxBytes = 9, TxPackets = 10, TxErrors = 11, TxDropped = 12 }, stats);
    }
}
