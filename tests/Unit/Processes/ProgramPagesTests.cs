using Boreal.Linux.Processes;

namespace Boreal.Tests.Unit.Processes;

public sealed class ProgramPagesTests
{
    private static readonly string[] Smaps =
    [
        "10000000-10010000 r--p 00000000 fe:00 77                         /opt/a program/boreald",
        "Size:               1024 kB",
        "Anonymous:             0 kB",
        "VmFlags: rd mr mw me sd",
        "10010000-10030000 r-xp 00100000 fe:00 77                         /opt/a program/boreald",
        "Anonymous:             0 kB",
        "10030000-10031000 r--p 00300000 fe:00 77                         /opt/a program/boreald",
        "Anonymous:            12 kB",
        "10031000-10032000 rw-p 00310000 fe:00 77                         /opt/a program/boreald",
        "Anonymous:             0 kB",
        "7f0000000000-7f0000001000 r-xp 00000000 fe:00 78                         /usr/lib/libc.so.6",
        "Anonymous:             0 kB",
        "7f0000001000-7f0000002000 r--p 00000000 00:00 0 ",
        "Anonymous:             0 kB",
    ];

    [Fact]
    public void Unwritten_OfAProgram_LeavesOutWhatWasWrittenAndWhatIsNotItsOwn() =>
        Assert.Equal(
            [((nuint)0x10000000, (nuint)0x10010000), ((nuint)0x10010000, (nuint)0x10030000)],
            ProgramPages.Unwritten(Smaps, "/opt/a program/boreald"));

    [Fact]
    public void Unmap_OfTheRunningProgram_LeavesItRunning()
    {
        ProgramPages.Unmap();
        Assert.NotEmpty(ProgramPages.Unwritten(File.ReadLines("/proc/self/smaps"), Environment.ProcessPath ?? ""));
    }
}
