using System.Text;
using Boreal.Build.Builds;
using Boreal.Build.Progress;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Functional.Build;

/// <summary>The stock docker client's builds, as it does them by itself.</summary>
public sealed class StockClientTests
{
    [Fact]
    public async Task Build_OfAFolder_SendsItShowsProgressAndNamesTheImage()
    {
        using var context = new TemporaryDirectory();
        await File.WriteAllTextAsync(context.File("Dockerfile"), "FROM scratch\nCOPY a.txt /\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(context.File("a.txt"), "hello", TestContext.Current.CancellationToken);
        var received = "";
        var builder = new ScriptedBuilder(async (_, surroundings, cancellationToken) =>
        {
            using var folder = await ScriptedBuilder.ReceiveAsync(surroundings, new("context"), cancellationToken);
            received = await File.ReadAllTextAsync(Path.Combine(folder.Path, "a.txt"), cancellationToken);
            var run = surroundings.Progress.Start("sha256:run", "[2/2] RUN make");
            run.Log(1, Encoding.UTF8.GetBytes("compiling\n"));
            run.Complete();
            return new BuildResult { Tree = new ScriptedBuilder.Tree() };
        });
        await using var door = await BuildDoor.OpenAsync(builder);

        var result = (await door.Docker.RunAsync("build", "--progress", "plain", "-t", "some/name:1", "--build-arg", "A=1", context.Path)).Succeeded("docker build");

        Assert.Equal("hello", received);
        Assert.Contains("[internal] load context", result.Stderr, StringComparison.Ordinal);
        Assert.Contains("transferring context:", result.Stderr, StringComparison.Ordinal);
        Assert.Contains("compiling", result.Stderr, StringComparison.Ordinal);
        Assert.Contains($"writing image {ScriptedBuilder.ImageId}", result.Stderr, StringComparison.Ordinal);
        var request = Assert.Single(builder.Requests);
        Assert.Equal("dockerfile.v0", request.Frontend);
        Assert.Equal("1", request.Attributes["build-arg:A"]);
        var export = Assert.Single(builder.Exports);
        Assert.Equal("moby", export.Kind);
        Assert.Equal("some/name:1", export.Attributes["name"]);
    }

    [Fact]
    public async Task Build_Quiet_PrintsTheImage()
    {
        using var context = new TemporaryDirectory();
        await File.WriteAllTextAsync(context.File("Dockerfile"), "FROM scratch\n", TestContext.Current.CancellationToken);
        await using var door = await BuildDoor.OpenAsync(ScriptedBuilder.Receiving(_ => { }));

        Assert.Equal(ScriptedBuilder.ImageId, await door.Docker.OutputAsync("build", "-q", context.Path));
    }

    [Fact]
    public async Task Build_ThatFails_ShowsStepAndPlace()
    {
        using var context = new TemporaryDirectory();
        var text = "FROM busybox\nRUN false\n";
        await File.WriteAllTextAsync(context.File("Dockerfile"), text, TestContext.Current.CancellationToken);
        await using var door = await BuildDoor.OpenAsync(new ScriptedBuilder((_, surroundings, _) =>
        {
            const string Message = "process \"/bin/sh -c false\" did not complete successfully: exit code: 1";
            var run = surroundings.Progress.Start("sha256:run", "[2/2] RUN false");
            run.Log(2, Encoding.UTF8.GetBytes("no luck\n"));
            run.Fail(Message);
            throw new BuildException(Message)
            {
                Step = run.Id,
                Excerpt = new SourceExcerpt("Dockerfile", Encoding.UTF8.GetBytes(text), [new SourceRange(2, 2)]),
            };
        }));

        var result = await door.Docker.RunAsync("build", "--progress", "plain", context.Path);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(" > [2/2] RUN false:", result.Stderr, StringComparison.Ordinal);
        Assert.Contains("no luck", result.Stderr, StringComparison.Ordinal);
        Assert.Contains("Dockerfile:2\n", result.Stderr, StringComparison.Ordinal);
        Assert.Contains("   2 | >>> RUN false", result.Stderr, StringComparison.Ordinal);
        Assert.Contains("ERROR: failed to solve: process \"/bin/sh -c false\" did not complete successfully: exit code: 1", result.Stderr, StringComparison.Ordinal);
    }
}
