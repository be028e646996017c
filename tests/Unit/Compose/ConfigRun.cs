using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Compose;
using Boreal.Cli.Session;

namespace Boreal.Tests.Unit.Compose;

/// <summary>Runs <c>compose config</c> on a case's files.</summary>
internal static class ConfigRun
{
    private const string Home = "/home/me";

    /// <summary>What it printed, or <c>! </c> and the error; the folder is called <c>/project</c>.</summary>
    public static async Task<string> RunAsync(ProjectCase project, string words)
    {
        var folder = project.Unpack();
        var parent = Path.GetDirectoryName(folder) ?? "/";
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = Home };
        var given = new List<string>();
        foreach (var word in words.Split(' '))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && word[..equals].All(letter => char.IsAsciiLetterUpper(letter) || letter is '_')) variables[word[..equals]] = word[(equals + 1)..];
            else given.Add(word);
        }

        try
        {
            var text = await RunAsync(new ProjectSurroundings(folder, variables, TextReader.Null) { Warnings = TextWriter.Null }, given, Path.Combine(parent, "output"));
            return text.Replace(folder, "/project", StringComparison.Ordinal).Replace(parent, "/parent", StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(parent, recursive: true);
        }
    }

    private static async Task<string> RunAsync(ProjectSurroundings surroundings, List<string> words, string output)
    {
        var command = new ConfigCommand { Surroundings = surroundings };
        var verb = words.IndexOf("config");
        command.GroupFlags?.Parse(words[..verb], anywhere: true);
        var arguments = command.Flags.Parse([.. words[(verb + 1)..], "--output", output], anywhere: true);
        await using var context = new CliContext(new GlobalOptions(), "boreal compose config");
        try
        {
            await command.RunAsync(context, arguments, TestContext.Current.CancellationToken);
            var text = await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken);
            return text.Length is 0 || text.EndsWith('\n') ? text : text + "\n";
        }
        catch (CommandFailedException problem)
        {
            return $"! {problem.Message}\n";
        }
    }
}
