using Boreal.Tests.EndToEnd.Fixture;

namespace Boreal.Tests.EndToEnd.Streams;

public sealed class ExecTests(EngineUnderTest engine)
{
    private const int Execs = 200;

    [Fact]
    public async Task Execs_ManyAtOnce_AllTellTheirExitCode()
    {
        await engine.Docker.OutputAsync("run", "-d", "--name", "execs", "busybox", "sleep", "1000");
        try
        {
            var codes = await engine.Docker.Shell($"seq {Execs} | xargs -P 12 -I N sh -c 'docker exec execs sh -c \"echo x; exit 7\" >/dev/null; echo $?'").OutputAsync();
            Assert.Equal(Enumerable.Repeat("7", Execs), codes.Split('\n'));
        }
        finally
        {
            await engine.Docker.RemoveAsync("execs");
        }
    }

    // Runtimes hand these streams over to the exec's user, who could then close the machine's /dev/null to everybody.
    [Fact]
    public async Task Exec_WithoutInput_HasANullDeviceThatIsNotTheMachines()
    {
        await engine.Docker.OutputAsync("run", "-d", "--name", "exec-null", "busybox", "sleep", "1000");
        try
        {
            const string identity = "stat -L -c '%t:%T %a %d:%i'";
            var machine = await engine.Docker.Shell($"{identity} /dev/null").OutputAsync();
            var given = await engine.Docker.Shell($"docker exec -u 35:35 exec-null {identity} /proc/self/fd/0").OutputAsync();

            Assert.Equal("1:3 666", given[..7]);
            Assert.NotEqual(machine, given);
            Assert.Equal("0:0", await engine.Docker.Shell("stat -c %u:%g /dev/null").OutputAsync());
        }
        finally
        {
            await engine.Docker.RemoveAsync("exec-null");
        }
    }
}
