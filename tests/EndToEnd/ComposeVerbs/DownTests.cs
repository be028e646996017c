using Boreal.Tests.EndToEnd.Fixture;

namespace Boreal.Tests.EndToEnd.ComposeVerbs;

/// <summary>Who goes when a project goes.</summary>
public sealed class DownTests(EngineUnderTest engine)
{
    // The deeper, the faster it would end by itself.
    private const string Services = """
          web:
            image: busybox
            command: sh -c 'trap "sleep 1; exit 0" TERM; while :; do sleep 0.1; done'
            depends_on: [api]
          api:
            image: busybox
            command: sh -c 'trap "sleep 0.5; exit 0" TERM; while :; do sleep 0.1; done'
            depends_on: [db]
          db:
            image: busybox
            command: sleep 1000
            stop_signal: KILL
        """;

    [Fact]
    public async Task Down_OfServicesThatNeedOneAnother_StopsWhatIsNeededLast()
    {
        await using var project = new ComposeProject(engine, "down-order", Services);
        (await project.BorealAsync("up -d --wait")).Succeeded("up");
        var since = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 1;

        (await project.BorealAsync("down")).Succeeded("down");

        var until = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 1;
        var ended = await engine.Docker.OutputAsync("events", "--since", $"{since}", "--until", $"{until}", "--filter", "event=die",
            "--filter", "label=com.docker.compose.project=down-order", "--format", "{{index .Actor.Attributes \"com.docker.compose.service\"}}");
        Assert.Equal(["web", "api", "db"], ended.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
