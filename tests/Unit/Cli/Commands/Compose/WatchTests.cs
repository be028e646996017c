using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Compose.Watching;
using Boreal.Tests.TestKit.Waiting;
using Boreal.Tests.Unit.Compose;

namespace Boreal.Tests.Unit.Cli.Commands.Compose;

public sealed class WatchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bw").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Triggers_OfAProject_AreThoseOfTheServicesAskedFor()
    {
        var project = LoadedProject.Of("""
            services:
              web:
                build: .
                develop: {watch: [{path: ./src, action: sync+exec, target: /app, ignore: [a/], exec: {command: touch x}}, {path: ./Dockerfile, action: rebuild}]}
              api: {image: x, develop: {watch: [{path: ./api, action: sync, target: /api}]}}
            """);
        var trigger = WatchTrigger.Of(project, ["web"])[0];
        Assert.Equal(("web", "/project/src", "/app"), (trigger.Service, trigger.Path, trigger.Target));
        Assert.True(trigger is { Syncs: true, Restarts: false });
        Assert.Equal(["sh", "-c", "touch x"], trigger.Exec);
        Assert.Equal(3, WatchTrigger.Of(project, []).Count);
    }

    [Theory]
    [InlineData("{image: x}", "none of the selected services")]
    [InlineData("{image: x, develop: {watch: [{path: ., action: rebuild}]}}", "without a build context")]
    public void Triggers_ThatCannotWork_AreRefused(string service, string why) =>
        Assert.Contains(why, Assert.Throws<CommandFailedException>(() => WatchTrigger.Of(LoadedProject.Of($"services: {{web: {service}}}"), [])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("main.c", true)]
    [InlineData("node_modules/x/y.js", false)]
    [InlineData("deep/node_modules/x", false)]
    [InlineData("build/out.o", false)]
    [InlineData("src/build/out.o", true)]
    [InlineData(".git/HEAD", false)]
    [InlineData("a/.main.c.swp", false)]
    [InlineData("notes.md", false)]
    public void Filter_ByIgnoreAndInclude_TakesWhatCounts(string path, bool isTaken)
    {
        var trigger = new WatchTrigger("web", "/p", "sync", "/t") { Ignore = ["node_modules/", "./build/out.o"], Include = ["*.c", "*.o", "*.js", "**/x"] };
        Assert.Equal(isTaken, new WatchFilter(trigger, []).Takes(path));
    }

    [Fact]
    public async Task Folder_ThatChanges_TellsFilesOnce()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "old"), "1", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "gone"), "1", TestContext.Current.CancellationToken);
        using var watch = new FolderWatch(_folder, static path => path.StartsWith("skipped", StringComparison.Ordinal), TimeProvider.System);
        Assert.Equal(["gone", "old"], watch.Now.Select(change => change.Path).Order(StringComparer.Ordinal));
        Directory.CreateDirectory(Path.Combine(_folder, "new", "inner"));
        Directory.CreateDirectory(Path.Combine(_folder, "skipped"));
        foreach (var name in (string[])["old", "new/inner/file", "skipped/file"]) await File.WriteAllTextAsync(Path.Combine(_folder, name), "22", TestContext.Current.CancellationToken);
        File.Delete(Path.Combine(_folder, "gone"));

        var told = new HashSet<FileChange>();
        using var deadline = new CancellationTokenSource(Eventually.Patience);
        await foreach (var changes in watch.ChangesAsync(deadline.Token))
        {
            told.UnionWith(changes);
            if (told.Count >= 3) break;
        }

        Assert.Equal([new("gone", IsGone: true), new("new/inner/file", IsGone: false), new("old", IsGone: false)], told.OrderBy(change => change.Path, StringComparer.Ordinal));
    }
}
