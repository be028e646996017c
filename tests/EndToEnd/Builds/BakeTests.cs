using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.EndToEnd.Builds;

/// <summary>Several targets in one go by stock <c>docker buildx bake</c>.</summary>
public sealed class BakeTests(EngineUnderTest engine) : IDisposable
{
    private const string Definition = """
        variable "WORD" { default = "unset" }
        group "default" { targets = ["tools", "app", "report"] }
        target "tools" {
          dockerfile-inline = "FROM busybox\nRUN echo tool > /tool\n"
          tags = ["bake-tools"]
        }
        target "shared" {
          context = "."
          args = { WORD = "${WORD}" }
        }
        target "app" {
          inherits = ["shared"]
          contexts = { tools = "target:tools", more = "other" }
          target = "app"
          tags = ["bake-app", "bake-app:second"]
          labels = { "baked.by" = "buildx" }
          secret = ["id=s,src=secret.txt"]
        }
        target "report" {
          inherits = ["shared"]
          target = "report"
          output = ["type=local,dest=out"]
        }
        target "broken" { dockerfile-inline = "FROM busybox\nRUN echo told; exit 5\n" }
        """;

    private const string Dockerfile = """
        FROM busybox AS base
        ARG WORD
        COPY a /a
        RUN echo $WORD > /word
        FROM base AS app
        COPY --from=tools /tool /tool
        COPY --from=more f /f
        RUN --mount=type=secret,id=s wc -c < /run/secrets/s > /secret
        FROM scratch AS report
        COPY --from=base /a /word /report/
        """;

    private readonly BuildClients _clients = new(engine.Docker.Host);
    private readonly TemporaryDirectory _context = new();

    [Fact]
    public async Task Bake_OfThreeTargets_MakesAllOfThem()
    {
        await WriteAsync();
        try
        {
            await _clients.Buildx("buildx", "bake").WithVariable("WORD", "given").In(_context.Path).OutputAsync();

            Assert.Equal("tool", await RunAsync("bake-tools", "cat /tool"));
            Assert.Equal("tool other 6 given a", await RunAsync("bake-app:second", "echo $(cat /tool /f /secret /word /a)"));
            Assert.Equal("buildx", await engine.Docker.InspectAsync("bake-app", "{{index .Config.Labels \"baked.by\"}}"));
            Assert.Equal("given\n", await File.ReadAllTextAsync(_context.File("out/report/word"), TestContext.Current.CancellationToken));
        }
        finally
        {
            await engine.Docker.RunAsync("rmi", "--force", "bake-tools", "bake-app", "bake-app:second");
        }
    }

    [Fact]
    public async Task Bake_OfATargetThatFails_FailsWithItsReason()
    {
        await WriteAsync();

        var result = await _clients.Buildx("buildx", "bake", "tools", "broken").In(_context.Path).RunAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("process \"/bin/sh -c echo told; exit 5\" did not complete successfully: exit code: 5", result.Stderr, StringComparison.Ordinal);
        await engine.Docker.RunAsync("rmi", "--force", "bake-tools");
    }

    public void Dispose()
    {
        _clients.Dispose();
        _context.Dispose();
    }

    private Task<string> RunAsync(string image, string line) => engine.Docker.OutputAsync("run", "--rm", image, "sh", "-c", line);

    private async Task WriteAsync()
    {
        Directory.CreateDirectory(_context.File("other"));
        foreach (var (name, text) in ((string, string)[])[("docker-bake.hcl", Definition), ("Dockerfile", Dockerfile), ("a", "a\n"), ("other/f", "other\n"), ("secret.txt", "secret")])
            await File.WriteAllTextAsync(_context.File(name), text, TestContext.Current.CancellationToken);
    }
}
