using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Streams;

public sealed class AttachTests(EngineUnderTest engine)
{
    [Fact]
    public async Task Attach_TwiceAtOnce_BothSeeTheOutputAndBothCanType()
    {
        const string Name = "att-two";
        await engine.Docker.OutputAsync("run", "-di", "--name", Name, "busybox", "sh", "-c", "while read line; do echo got-$line; done");
        try
        {
            await using var first = engine.Docker.Command("attach", Name).Start();
            await using var second = engine.Docker.Command("attach", Name).Start();
            // An attach shows nothing of what came before it, so ask until both answer.
            await Eventually.HoldsAsync(
                async () =>
                {
                    await first.WriteLineAsync("one");
                    return first.Stdout.Contains("got-one", StringComparison.Ordinal) && second.Stdout.Contains("got-one", StringComparison.Ordinal);
                },
                "both clients see what the first typed");
            await second.WriteLineAsync("two");
            await Eventually.HoldsAsync(() => first.Stdout.Contains("got-two", StringComparison.Ordinal) && second.Stdout.Contains("got-two", StringComparison.Ordinal), "both see what the second typed");
        }
        finally
        {
            await engine.Docker.RemoveAsync(Name);
        }
    }

    [Fact]
    public async Task Attach_ReaderStopsReading_ContainerGoesOn()
    {
        if (EngineUnderTest.IsReference) return; // Docker's container waits for its slowest reader.
        const string Name = "att-stuck";
        await engine.Docker.OutputAsync("create", "--name", Name, "busybox", "sh", "-c", "while [ ! -e /go ]; do usleep 50000; done; head -c 50000000 /dev/zero | tr '\\0' 'x' | fold -w 1000; exit 12");
        try
        {
            await engine.Docker.OutputAsync("start", Name);
            await using var reader = engine.Docker.Command("attach", Name).Start();
            await Eventually.HoldsAsync(() => IsAttached(reader.Pid), "the client is attached");
            await ProcessList.SignalAsync(reader.Pid, "STOP");
            await engine.Docker.OutputAsync("exec", Name, "touch", "/go");
            Assert.Equal("12", await engine.Docker.Command("wait", Name).Within(TimeSpan.FromSeconds(60)).OutputAsync());
            await ProcessList.SignalAsync(reader.Pid, "CONT");
        }
        finally
        {
            await engine.Docker.RemoveAsync(Name);
        }
    }

    [Fact]
    public async Task Run_200MegabytesThroughCat_ComeBackUnchanged()
    {
        using var directory = new TemporaryDirectory();
        await Command.Shell($"head -c 200000000 /dev/urandom > {directory.File("in")}").OutputAsync();

        var result = await engine.Docker.Shell($"docker run --rm -i busybox cat < {directory.File("in")} | cmp - {directory.File("in")}").Within(TimeSpan.FromMinutes(3)).RunAsync();

        Assert.True(result.ExitCode == 0, result.Stdout + result.Stderr);
    }

    [Fact]
    public async Task Exec_50MegabytesBothWays_ComeBackUnchanged()
    {
        const string Name = "att-exec";
        using var directory = new TemporaryDirectory();
        await Command.Shell($"head -c 50000000 /dev/urandom > {directory.File("in")}").OutputAsync();
        await engine.Docker.OutputAsync("run", "-d", "--name", Name, "busybox", "sleep", "1000");
        try
        {
            var result = await engine.Docker.Shell($"docker exec -i {Name} cat < {directory.File("in")} | cmp - {directory.File("in")}").Within(TimeSpan.FromMinutes(2)).RunAsync();
            Assert.True(result.ExitCode == 0, result.Stdout + result.Stderr);
        }
        finally
        {
            await engine.Docker.RemoveAsync(Name);
        }
    }

    [Fact]
    public async Task Run_WithRemove_LeavesNothingBehind()
    {
        await engine.Docker.OutputAsync("run", "--rm", "--name", "att-rm", "busybox", "true");
        await Eventually.HoldsAsync(async () => (await engine.Docker.OutputAsync("ps", "-aq", "--filter", "name=^att-rm$")).Length == 0, "the container is removed");
    }

    // The CLI reads its container's state first; what it holds open afterwards is the hijacked connection and the events.
    private static bool IsAttached(int pid) =>
        Directory.GetFileSystemEntries($"/proc/{pid}/fd").Count(path => File.ResolveLinkTarget(path, false)?.Name.StartsWith("socket:", StringComparison.Ordinal) is true) >= 2;
}
