using System.Globalization;
using Boreal.Engine.Shims;
using Boreal.Linux.Processes;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Linux.Shims;

public sealed class ShimDeathTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Engine_GoneBeforeStart_ShimEndsByItself()
    {
        await using var sandbox = new ShimSandbox();
        var shim = await sandbox.Launcher.SpawnAsync(sandbox.Launch("sleep", "60"), Token);
        await shim.DisposeAsync();

        await Eventually.HoldsAsync(() => !sandbox.Leftovers().Any(), "the shim removed its files");
        Assert.Null(await sandbox.Launcher.ReconnectAsync(sandbox.Id, sandbox.StateDirectory, Token));
    }

    [Fact]
    public async Task Engine_GoneWhileRunning_FindsContainerAndStreamsAgain()
    {
        await using var sandbox = new ShimSandbox();
        StartedProcess started;
        await using (var before = await sandbox.Launcher.SpawnAsync(sandbox.Launch("sh", "-c", "cat; exit 6") with { OpenStdin = true, StdinOnce = true }, Token))
            started = await before.StartAsync(Token);

        await using var after = await sandbox.Launcher.ReconnectAsync(sandbox.Id, sandbox.StateDirectory, Token);
        Assert.NotNull(after);
        Assert.Equal(started, after.Running);
        await using var client = await after.AttachAsync(new ShimAttach(true, true, true), Token);
        await client.WriteAsync("again\n"u8.ToArray(), Token);
        client.CloseWrite();
        Assert.Equal(("again\n", ""), await client.ReadFramesAsync());
        Assert.Equal(6, (await after.Exited.WaitAsync(Eventually.Patience, Token)).Code);
        await after.ReleaseAsync(Token);
    }

    [Fact]
    public async Task Engine_GoneWhenContainerEnds_LearnsCodeAndTimeLater()
    {
        await using var sandbox = new ShimSandbox();
        var launch = sandbox.Launch("sh", "-c", "echo last; exit 8");
        await using (var before = await sandbox.Launcher.SpawnAsync(launch, Token))
            await before.StartAsync(Token);
        await Eventually.HoldsAsync(() => ExitRecord.TryRead(launch.ExitRecordPath) is not null, "the shim left an exit record");

        await using var after = await sandbox.Launcher.ReconnectAsync(sandbox.Id, sandbox.StateDirectory, Token);
        Assert.NotNull(after);
        var exit = await after.Exited.WaitAsync(Eventually.Patience, Token);
        Assert.Equal(ExitRecord.TryRead(launch.ExitRecordPath), exit);
        Assert.Equal(8, exit.Code);
        Assert.Contains("last", await File.ReadAllTextAsync(sandbox.LogPath, Token), StringComparison.Ordinal);
        await after.ReleaseAsync(Token);
    }

    [Fact]
    public async Task Shim_KilledWhileRunning_TakesContainerAlong()
    {
        await using var sandbox = new ShimSandbox();
        await using var shim = await sandbox.Launcher.SpawnAsync(sandbox.Launch("sleep", "60"), Token);
        var started = await shim.StartAsync(Token);
        Signals.TrySend(ShimPid(sandbox), Signals.Kill);

        Assert.Equal(137, (await shim.Exited.WaitAsync(Eventually.Patience, Token)).Code);
        Assert.False(Runs(started.Pid));
        Assert.Empty(sandbox.Leftovers());
    }

    [Fact]
    public async Task ShimAndEngine_Gone_ReconnectCleansUp()
    {
        await using var sandbox = new ShimSandbox();
        StartedProcess started;
        int shimPid;
        await using (var before = await sandbox.Launcher.SpawnAsync(sandbox.Launch("sleep", "60"), Token))
        {
            started = await before.StartAsync(Token);
            shimPid = ShimPid(sandbox);
        }

        Signals.TrySend(shimPid, Signals.Kill);
        await Eventually.HoldsAsync(() => !Runs(shimPid), "the shim is dead");
        Assert.Null(await sandbox.Launcher.ReconnectAsync(sandbox.Id, sandbox.StateDirectory, Token));
        Assert.False(Runs(started.Pid));
        Assert.Empty(sandbox.Leftovers());
    }

    [Theory]
    [InlineData("engine", 0)]
    [InlineData("engine", 2)]
    [InlineData("shim", 1)]
    [InlineData("shim", 3)]
    [InlineData("shim", 5)]
    [InlineData("shim", 7)]
    [InlineData("shim", 9)]
    [InlineData("shim", 12)]
    public async Task Start_CutOffAtSomeMoment_LeavesNothing(string victim, int milliseconds)
    {
        await using var sandbox = new ShimSandbox();
        var shim = await sandbox.Launcher.SpawnAsync(sandbox.Launch("sleep", "60"), Token);
        var pid = ShimPid(sandbox);
        var starting = shim.StartAsync(Token);
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, Token);
        if (victim == "shim") Signals.TrySend(pid, Signals.Kill);
        else await shim.DisposeAsync();
        await Task.WhenAny(starting, Task.Delay(Eventually.Patience, TimeProvider.System, Token));
        Assert.True(starting.IsCompleted);
        if (victim == "shim") await shim.Exited.WaitAsync(Eventually.Patience, Token);

        // The sandbox ends what runs and insists that nothing is left.
        await shim.DisposeAsync();
    }

    [Fact]
    public async Task Runtime_Killed_FailsTheStartAndLeavesNothing()
    {
        using var directory = new TemporaryDirectory();
        var runtime = directory.File("runtime");
        await File.WriteAllTextAsync(runtime, "#!/bin/sh\ncase \"$*\" in *run*--detach*) sleep 60 & kill -9 $$;; esac\nexit 0\n", Token);
        File.SetUnixFileMode(runtime, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using var sandbox = new ShimSandbox { RuntimePath = runtime };
        await using var shim = await sandbox.Launcher.SpawnAsync(sandbox.Launch("true"), Token);
        var pid = ShimPid(sandbox);
        var failure = await Assert.ThrowsAsync<RuntimeStartException>(() => shim.StartAsync(Token));

        Assert.Equal(128, failure.ExitCode);
        Assert.DoesNotContain(Directory.EnumerateDirectories("/proc"), path => int.TryParse(Path.GetFileName(path), out var process) && ProcessStartTime.SessionOf(process) == pid);
    }

    [Fact]
    public async Task Runc_Instead_WorksTheSame()
    {
        await using var sandbox = new ShimSandbox { RuntimePath = Requirements.Program("runc", "runc") };
        await using var shim = await sandbox.Launcher.SpawnAsync(sandbox.Launch("sh", "-c", "echo hi; exit 3"), Token);
        await using var client = await shim.AttachAsync(new ShimAttach(false, true, true), Token);
        await shim.StartAsync(Token);
        Assert.Equal(("hi\n", ""), await client.ReadFramesAsync());
        Assert.Equal(3, (await shim.Exited.WaitAsync(Eventually.Patience, Token)).Code);
        await shim.ReleaseAsync(Token);

        await using var missing = await sandbox.Launcher.SpawnAsync(sandbox.Launch("nosuch"), Token);
        var failure = await Assert.ThrowsAsync<RuntimeStartException>(() => missing.StartAsync(Token));
        Assert.EndsWith("runc create failed: unable to start container process: exec: \"nosuch\": executable file not found in $PATH: unknown", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>A zombie does not run; who reaps it is not our business.</summary>
    private static bool Runs(int pid) => new FileInfo($"/proc/{pid}/exe").LinkTarget is not null;

    private static int ShimPid(ShimSandbox sandbox) =>
        int.Parse(File.ReadAllText(Path.Combine(sandbox.StateDirectory, "shim.pid")).Split(' ')[0], CultureInfo.InvariantCulture);
}
