using Boreal.Engine.Shims;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.Linux.Shims;

public sealed class SealedRuntimeTests
{
    [Fact]
    public async Task Copy_OfTheRuntime_RunsAndCannotBeChanged()
    {
        var copy = new SealedRuntime().TryGet(Requirements.Program("crun", "crun"));

        Assert.NotNull(copy);
        var path = copy.ProcPath(Environment.ProcessId);
        Assert.Contains("crun", (await Command.Of(path, "--version").RunAsync()).Stdout, StringComparison.Ordinal);
        Assert.True(copy.TryWrite("x"u8) < 0);
    }

    [Fact]
    public void Copy_OfAnUpgradedRuntime_IsNew()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("crun");
        var runtime = new SealedRuntime();
        File.WriteAllText(path, "one");
        var first = runtime.TryGet(path);
        Assert.Same(first, runtime.TryGet(path));

        File.WriteAllText(path, "other");

        var second = runtime.TryGet(path);
        Assert.NotSame(first, second);
        Assert.Equal("other", File.ReadAllText(second!.ProcPath(Environment.ProcessId)));
    }
}
