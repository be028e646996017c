using Boreal.Tests.EndToEnd.Fixture;

namespace Boreal.Tests.EndToEnd.Streams;

public sealed class InteractiveTests(EngineUnderTest engine)
{
    [Fact]
    public async Task RunInTerminal_TypedCommands_AreAnsweredAndExitCodeComesBack()
    {
        var result = await Terminal.PlayAsync(engine.Docker, """
            spawn docker run --rm -it busybox sh
            see "# "
            send "test -t 0 && test -t 1 && echo a-\"\"terminal\r"
            see "a-terminal"
            see "# "
            send "exit 5\r"
            """);

        Assert.True(result.ExitCode == 5, result.Stdout);
    }

    [Fact]
    public async Task RunInTerminal_InterruptTyped_ReachesTheProcess()
    {
        var result = await Terminal.PlayAsync(engine.Docker, """
            spawn docker run --rm -it busybox sh -c "trap 'echo interrupted; exit 6' INT; echo ready; while :; do sleep 0.1; done"
            see "ready"
            send "\003"
            see "interrupted"
            """);

        Assert.True(result.ExitCode == 6, result.Stdout);
    }

    [Fact]
    public async Task RunInTerminal_WindowResized_ContainerSeesTheNewSize()
    {
        var result = await Terminal.PlayAsync(engine.Docker, """
            spawn docker run --rm -it busybox sh
            see "# "
            stty rows 31 columns 97 < $spawn_out(slave,name)
            set tries 0
            while {$tries < 50} {
                send "stty size\r"
                expect {
                    "31 97" { break }
                    -re {[0-9]+ [0-9]+} { incr tries; after 100 }
                }
            }
            send "exit 0\r"
            if {$tries == 50} { exit 96 }
            """);

        Assert.True(result.ExitCode == 0, result.Stdout);
    }

    [Theory]
    [InlineData("", "\\020\\021")]
    [InlineData("--detach-keys ctrl-x,y", "\\030y")]
    public async Task RunInTerminal_DetachKeysTyped_LeavesTheContainerRunning(string option, string keys)
    {
        const string Name = "int-detach";
        try
        {
            var result = await Terminal.PlayAsync(engine.Docker, $$"""
                spawn docker run -it --name {{Name}} {{option}} busybox sh
                see "# "
                send "{{keys}}"
                """);
            Assert.True(result.ExitCode == 0, result.Stdout);
            Assert.Equal("true", await engine.Docker.InspectAsync(Name, "{{.State.Running}}"));

            var again = await Terminal.PlayAsync(engine.Docker, $$"""
                spawn docker attach {{Name}}
                send "\r"
                see "# "
                send "exit 7\r"
                """);
            Assert.True(again.ExitCode == 7, again.Stdout);
        }
        finally
        {
            await engine.Docker.RemoveAsync(Name);
        }
    }

    [Fact]
    public async Task ExecInTerminal_TypedCommands_AreAnsweredAndExitCodeComesBack()
    {
        const string Name = "int-exec";
        await engine.Docker.OutputAsync("run", "-d", "--name", Name, "busybox", "sleep", "1000");
        try
        {
            var result = await Terminal.PlayAsync(engine.Docker, $$"""
                spawn docker exec -it {{Name}} sh
                stty rows 28 columns 91 < $spawn_out(slave,name)
                see "# "
                send "tty; stty size\r"
                see "/dev/pts/"
                send "exit 8\r"
                """);
            Assert.True(result.ExitCode == 8, result.Stdout);
        }
        finally
        {
            await engine.Docker.RemoveAsync(Name);
        }
    }
}
