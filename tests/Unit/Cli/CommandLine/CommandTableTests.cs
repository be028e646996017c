using Boreal.Cli.CommandLine;

namespace Boreal.Tests.Unit.Cli.CommandLine;

public sealed class CommandTableTests
{
    private static readonly string[] Verbs =
    [
        "app", "attach", "autoscale", "build", "builder", "commit", "completion", "compose", "container", "cp", "create", "diff", "events", "exec", "export", "history", "image", "images", "import", "info",
        "inspect", "kill", "load", "login", "logout", "logs", "manifest", "network", "pause", "port", "ps", "pull", "push", "registry", "rename", "restart", "rm", "rmi", "run", "save", "search", "start", "stats", "stop", "system",
        "tag", "top", "unpause", "update", "version", "volume", "wait", "why",
    ];

    [Fact]
    public void All_HasEveryVerb() =>
        Assert.Equal(Verbs, CommandTable.All.Where(entry => !entry.IsHidden).Select(entry => entry.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Commands_All_AreConsistent()
    {
        foreach (var entry in CommandTable.All.Concat(CommandTable.All.SelectMany(entry => entry.Group ?? [])))
        {
            if (entry.Create is null) continue;
            var command = entry.Create();
            Assert.Equal(command.Flags.All.Count, command.Flags.All.Select(flag => flag.Name).Distinct().Count());
            var letters = command.Flags.All.Select(flag => flag.Shorthand).Where(letter => letter is not '\0').ToList();
            Assert.Equal(letters.Count, letters.Distinct().Count());
            if (!entry.IsHidden) Assert.StartsWith($"Usage:  boreal {entry.Name}", HelpWriter.ForCommand(command, $"boreal {entry.Name}", 80), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Find_OfAGroupedVerbByAnotherName_GivesItsOwnPath()
    {
        var (entry, path, left) = Dispatcher.Find(["container", "ps", "-a"]);
        Assert.Equal("ls", entry.Name);
        Assert.Equal("boreal container ls", path);
        Assert.Equal(["-a"], left);
    }

    [Fact]
    public void Find_OfAnUnknownVerb_SaysSo() =>
        Assert.StartsWith("boreal: unknown command: boreal rnu\n", Assert.Throws<CommandFailedException>(() => Dispatcher.Find(["rnu"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Help_OfRun_WrapsAt80Columns() =>
        Assert.All(HelpWriter.ForCommand(new Boreal.Cli.Commands.Containers.RunCommand(), "boreal run", 80).Split('\n').SkipLast(5), line => Assert.True(line.Length < 80, line));
}
