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
}
