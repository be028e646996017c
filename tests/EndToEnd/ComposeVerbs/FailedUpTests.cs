using System.Net;
using System.Net.Sockets;
using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.ComposeVerbs;

/// <summary>An <c>up</c> that fails says why, and what ran before runs.</summary>
public sealed class FailedUpTests(EngineUnderTest engine)
{
    private const string Good = """
          web:
            image: busybox
            command: sleep 1000
            stop_signal: KILL
          other:
            image: busybox
            command: sleep 1000
            stop_signal: KILL
        """;

    [Theory]
    [InlineData("image", "image: no.such.registry.invalid/nothing:1", "no.such.registry.invalid")]
    [InlineData("build", "build: {context: ., dockerfile_inline: \"FROM busybox\\nRUN exit 7\"}", "exit code: 7")]
    [InlineData("program", "image: busybox\n    entrypoint: no-such-program", "no-such-program")]
    [InlineData("dependency", "image: busybox\n    depends_on: {sick: {condition: service_healthy}}", "sick-1 is unhealthy")]
    public async Task Up_ThatFails_LeavesWhatRan(string fault, string web, string why)
    {
        await using var project = new ComposeProject(engine, $"failed-{fault}", Good);
        (await project.BorealAsync("up -d")).Succeeded("up");
        var before = await project.ContainersAsync();
        project.Write($$"""
              web:
                {{web}}
                command: sleep 2000
                stop_signal: KILL
              other:
                image: busybox
                command: sleep 1000
                stop_signal: KILL
              {{(fault is "dependency" ? "sick: {image: busybox, command: sleep 1000, stop_signal: KILL, healthcheck: {test: \"false\", interval: 100ms, retries: 2}}" : "")}}
            """);

        var result = await project.BorealAsync("up -d");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(why, result.Stderr, StringComparison.Ordinal);
        await StillRunsAsync(project, before, keepsContainers: fault is "image" or "build");
    }

    [Fact]
    public async Task Up_OntoAPortInUse_LeavesWhatRan()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await using var project = new ComposeProject(engine, "failed-port", Good);
        (await project.BorealAsync("up -d")).Succeeded("up");
        var before = await project.ContainersAsync();
        project.Write(Good.Replace("  other:", $"    ports: [\"127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}:80\"]\n  other:", StringComparison.Ordinal));

        var result = await project.BorealAsync("up -d");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains($"{((IPEndPoint)taken.LocalEndpoint).Port}", result.Stderr, StringComparison.Ordinal);
        await StillRunsAsync(project, before, keepsContainers: false);
    }

    /// <summary>The other service was not touched; of the one that failed the same runs as before, if need be in another container.</summary>
    private static async Task StillRunsAsync(ComposeProject project, IReadOnlyList<string> before, bool keepsContainers)
    {
        IReadOnlyList<string> now = [];
        await Eventually.HoldsAsync(
            async () => Names(now = await project.ContainersAsync()).IsSupersetOf(Names(before))
                && (await project.BorealAsync("exec -T web ps")).Stdout.Contains("sleep 1000", StringComparison.Ordinal),
            "what ran before runs");
        Assert.Contains(before[0], now);
        if (keepsContainers) Assert.Equal(before, now);
    }

    private static HashSet<string> Names(IEnumerable<string> containers) => [.. containers.Select(line => line.Split(' ')[0])];
}
