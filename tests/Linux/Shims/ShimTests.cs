using System.Text;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Shims;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Linux.Shims;

public sealed class ShimTests
{
    private static readonly ShimAttach Everything = new(Stdin: true, Stdout: true, Stderr: true);
    private static readonly ShimAttach Outputs = new(Stdin: false, Stdout: true, Stderr: true);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_WithTwoOutputs_GivesFramesLogAndExitCode()
    {
        await using var sandbox = new ShimSandbox();
        await using var shim = await sandbox.Launcher.SpawnAsync(sandbox.Launch("sh", "-c", "echo out; echo err >&2; exit 7"), Token);
        await using var client = await shim.AttachAsync(Outputs, Token);
        var started = await shim.StartAsync(Token);

        Assert.True(started.Pid > 0);
        Assert.Equal(("out\n", "err\n"), await client.ReadFramesAsync());
        var exit = await shim.Exited.WaitAsync(Eventually.Patience, Token);
        Assert.Equal((7, false), (exit.Code, exit.OomKilled));
        Assert.Equal(7, ExitRecord.TryRead(sandbox.Launch().ExitRecordPath)?.Code);
        await shim.ReleaseAsync(Token);

        var log = await File.ReadAllTextAsync(sandbox.LogPath, Token);
        Assert.Contains("{\"log\":\"out\\n\",\"stream\":\"stdout\",\"time\":\"", log, StringComparison.Ordinal);
        Assert.Contains("{\"log\":\"err\\n\",\"stream\":\"stderr\",\"time\":\"", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cat_WhenClientHalfCloses_EndsWithItsInput()
    {
        await using var sandbox = new ShimSandbox();
        await using var shim = await sandbox.Launcher.SpawnAsync(sandbox.Launch("cat") with { OpenStdin = true, StdinOnce = true }, Token);
        await using var client = await shim.AttachAsync(Everything, Token);
        await shim.StartAsync(Token);
        await client.WriteAsync("x\n"u8.ToArray(), Token);
        client.CloseWrite();

        Assert.Equal(("x\n", ""), await client.ReadFramesAsync());
        Assert.Equal(0, (await shim.Exited.WaitAsync(Eventually.Patience, Token)).Code);
        await shim.ReleaseAsync(Token);
    }

    [Fact]
    public async Task Terminal_TypedIntoAndResized_Answers()
    {
        await using var sandbox = new ShimSandbox();
        await using var shim = await sandbox.Launcher.SpawnAsync(sandbox.LaunchTerminal("sh"), Token);
        await using var client = await shim.AttachAsync(Everything, Token);
        await shim.StartAsync(Token);
        await client.WriteAsync("stty size\n"u8.ToArray(), Token);
        await client.ReadUntilAsync("24 80\r\n");
        await shim.ResizeAsync(new ConsoleSize(50, 132), Token);
        await client.WriteAsync("stty size\n"u8.ToArray(), Token);
        await client.ReadUntilAsync("50 132\r\n");
        await client.WriteAsync("exit 3\n"u8.ToArray(), Token);

        Assert.Equal(3, (await shim.Exited.WaitAsync(Eventually.Patience, Token)).Code);
        await shim.ReleaseAsync(Token);
    }

    [Fact]
    public async Task Exec_WithInputAndWithTerminal_GivesOutputAndCode()
    {
        await using var sandbox = new ShimSandbox();
        await using var shim = await sandbox.Launcher.SpawnAsync(sandbox.Launch("sleep", "60"), Token);
        await shim.StartAsync(Token);

        var told = 0;
        var exec = await shim.ExecAsync(Exec(sandbox, false, "sh", "-c", "cat; echo e >&2; exit 4") with { Ended = code => told = code }, Token);
        Assert.NotNull(exec.Stdio);
        await exec.Stdio.WriteAsync("typed"u8.ToArray(), Token);
        exec.Stdio.CloseWrite();
        Assert.Equal(("typed", "e\n"), await exec.Stdio.ReadFramesAsync());
        Assert.Equal(4, told);
        Assert.Equal(4, await exec.Exited);

        // crun sets the size while the process starts already; until then busybox says nothing of it, and calls that a success.
        var terminal = await shim.ExecAsync(Exec(sandbox, true, "sh", "-c", "until size=$(stty size 2>/dev/null) && [ \"$size\" ]; do :; done; echo $size; exit 5"), Token);
        Assert.NotNull(terminal.Stdio);
        Assert.Equal("24 80\r\n", Encoding.ASCII.GetString(await terminal.Stdio.ReadRawAsync()));
        Assert.Equal(5, await terminal.Exited);

        await shim.SignalAsync(9, Token);
        Assert.Equal(137, (await shim.Exited.WaitAsync(Eventually.Patience, Token)).Code);
        await shim.ReleaseAsync(Token);
    }

    [Theory]
    [InlineData("nosuch", 127, "exec: \"nosuch\": executable file not found in $PATH: unknown")]
    [InlineData("/bin/nope", 127, "exec: \"/bin/nope\": stat /bin/nope: no such file or directory: unknown")]
    [InlineData("/bin", 126, "exec: \"/bin\": is a directory: unknown: permission denied")]
    [InlineData("/etc/text", 126, "exec: \"/etc/text\": permission denied: unknown")]
    public async Task Start_WhenProgramCannotRun_FailsInDockersWords(string program, int code, string words)
    {
        await using var sandbox = new ShimSandbox();
        await File.WriteAllTextAsync(Path.Combine(sandbox.Rootfs, "etc/text"), "x", Token);
        await using var shim = await sandbox.Launcher.SpawnAsync(sandbox.Launch(program), Token);
        await using var client = await shim.AttachAsync(Outputs, Token);
        var failure = await Assert.ThrowsAsync<RuntimeStartException>(() => shim.StartAsync(Token));

        Assert.Equal(code, failure.ExitCode);
        const string before = "failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ";
        Assert.Equal(before + words, failure.Message);
        Assert.Equal(("", ""), await client.ReadFramesAsync());
        Assert.Empty(sandbox.Leftovers());
    }

    [Fact]
    public async Task Exec_WhenProgramIsMissing_FailsInDockersWords()
    {
        await using var sandbox = new ShimSandbox();
        await using var shim = await sandbox.Launcher.SpawnAsync(sandbox.Launch("sleep", "60"), Token);
        await shim.StartAsync(Token);
        var failure = await Assert.ThrowsAsync<RuntimeStartException>(() => shim.ExecAsync(Exec(sandbox, false, "nosuch"), Token));

        Assert.Equal("OCI runtime exec failed: exec failed: unable to start container process: exec: \"nosuch\": executable file not found in $PATH: unknown", failure.Message);
    }

    [Fact]
    public async Task Exit_AfterOutOfMemoryKill_SaysSo()
    {
        await using var sandbox = new ShimSandbox();
        await using var shim = await sandbox.Launcher.SpawnAsync(sandbox.LaunchLimited(8 << 20, "dd", "if=/dev/zero", "of=/dev/null", "bs=90M"), Token);
        var told = false;
        shim.OutOfMemory = () => told = true;
        await shim.StartAsync(Token);
        var exit = await shim.Exited.WaitAsync(Eventually.Patience, Token);

        Assert.True(told);
        Assert.Equal((137, true), (exit.Code, exit.OomKilled));
        await shim.ReleaseAsync(Token);
    }

    private static ShimExecLaunch Exec(ShimSandbox sandbox, bool tty, params string[] command) => new()
    {
        ExecId = Guid.NewGuid().ToString("N"),
        ProcessSpecPath = sandbox.WriteExec(tty, command),
        Tty = tty,
        AttachStdin = true,
        AttachStdout = true,
        AttachStderr = true,
    };
}
