using Boreal.Tests.EndToEnd.Fixture;

namespace Boreal.Tests.EndToEnd.Streams;

public sealed class LogFollowTests(EngineUnderTest engine)
{
    private const int Lines = 3000;

    [Fact]
    public async Task LogsFollow_AcrossRotations_GivesEveryLineOnceInOrder()
    {
        const string Name = "log-rotate";
        await engine.Docker.OutputAsync(
            "create", "--name", Name, "--log-opt", "max-size=20k", "--log-opt", "max-file=3", "busybox", "sh", "-c",
            $"echo follow; until [ -e /followed ]; do usleep 10000; done; i=0; while [ $i -lt {Lines} ]; do echo \"line $i of a log that is rotated\"; i=$((i+1)); [ $((i % 50)) -ne 0 ] || usleep 30000; done");
        try
        {
            await engine.Docker.OutputAsync("start", Name);
            var followed = await engine.Docker.Shell(
                $"""
                log=$(mktemp); docker logs -f {Name} >$log & reader=$!
                until grep -q follow $log; do sleep 0.02; done
                docker exec {Name} touch /followed
                wait $reader; tail -n +2 $log; rm $log
                """).OutputAsync();
            Assert.Equal(Enumerable.Range(0, Lines).Select(number => $"line {number} of a log that is rotated"), followed.Split('\n'));

            // What is kept afterwards is the end of it, in at most three files.
            var kept = (await engine.Docker.OutputAsync("logs", Name)).Split('\n');
            Assert.Equal($"line {Lines - 1} of a log that is rotated", kept[^1]);
            Assert.InRange(kept.Length, 100, Lines - 1);
        }
        finally
        {
            await engine.Docker.RemoveAsync(Name);
        }
    }
}
