using Boreal.Client.Errors;
using Boreal.Cli.Session;
using Boreal.Oci.Distribution;

namespace Boreal.Cli.CommandLine;

/// <summary>From the words of the command line to an exit code: (1) global options, (2) the command, (3) its options, (4) run; every error ends here.</summary>
internal static class Dispatcher
{
    public static async Task<int> RunAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        var options = new GlobalOptions();
        var path = HelpWriter.Program;
        try
        {
            var rest = options.Flags.Parse(words, anywhere: false);                                       // (1)
            if (options.Version.Value) return await PrintAsync($"Boreal version {ProductVersion.Text}\n");
            if (options.Help.Value) rest.Add("--help");
            var found = Find(rest);                                                                       // (2)
            path = found.Path;
            if (found.Entry.Create is null) return await GroupAsync(found.Entry, path, found.Left);
            return await RunCommandAsync(found.Entry.Create(), options, found, cancellationToken);        // (3), (4)
        }
        catch (UsageException problem)
        {
            return Fail($"{problem.Message}\n\nUsage:  {path} [OPTIONS] COMMAND\n\nRun '{path} --help' for more information", ExitCodes.Refused);
        }
        catch (Exception problem) when (Explain(problem, options) is { } message)
        {
            return Fail(message, problem is CommandFailedException failure ? failure.ExitCode : ExitCodes.Failure);
        }
    }

    /// <summary>Walks groups down to the command; the words left are its own.</summary>
    internal static FoundCommand Find(IReadOnlyList<string> words)
    {
        var (entries, path, at) = (CommandTable.All, HelpWriter.Program, 0);
        CommandEntry? group = null;
        IReadOnlyList<string> groupWords = [];
        while (at < words.Count && !words[at].StartsWith('-'))
        {
            var entry = entries.FirstOrDefault(candidate => candidate.Answers(words[at])) ?? throw Unknown(path, words[at], group);
            path = $"{path} {entry.Name}";
            at++;
            if (entry.Group is null) return new FoundCommand(entry, path, [.. words.Skip(at)]) { GroupWords = groupWords };
            (group, entries) = (entry, entry.Group);
            if (entry.GroupOptions is null || AsksForHelp(words, at)) continue;
            var rest = entry.GroupOptions().Parse([.. words.Skip(at)], anywhere: false);
            groupWords = [.. words.Skip(at).Take(words.Count - at - rest.Count)];
            at = words.Count - rest.Count;
        }

        return new FoundCommand(group ?? new CommandEntry(HelpWriter.Program, "", null, CommandTable.All), path, [.. words.Skip(at)]) { GroupWords = groupWords };
    }

    private static bool AsksForHelp(IReadOnlyList<string> words, int at) => at < words.Count && words[at] is "--help";

    private static CommandFailedException Unknown(string path, string word, CommandEntry? group) => new(
        $"{HelpWriter.Program}: unknown command: {path} {word}\n{(group is null ? "" : $"\nUsage:  {path}\n")}\nRun '{path} --help' for more information");

    private static async Task<int> GroupAsync(CommandEntry group, string path, IReadOnlyList<string> left)
    {
        var flags = new FlagSet();
        flags.Switch("help", '\0', "Print usage");
        try
        {
            flags.Parse(left, anywhere: true);
        }
        catch (UsageException problem)
        {
            return Fail($"{problem.Message}\n\nUsage:  {path} COMMAND\n\nRun '{path} --help' for more information", ExitCodes.Refused);
        }

        var text = group.Name == HelpWriter.Program
            ? HelpWriter.ForProgram(CommandTable.All, new GlobalOptions().Flags, Terminal.Standard.Width)
            : HelpWriter.ForGroup(group, path, Terminal.Standard.Width);
        return left.Count > 0 ? await PrintAsync(text) : Fail(text, ExitCodes.Success);
    }

    private static async Task<int> RunCommandAsync(
        Command command, GlobalOptions options, FoundCommand found, CancellationToken cancellationToken)
    {
        var path = found.Path;
        try
        {
            command.GroupFlags?.Parse(found.GroupWords, anywhere: true);
            var arguments = command.ReadsOptions ? command.Flags.Parse(found.Left, command.OptionsAnywhere) : found.Left;
            if (command.Help.Value) return await PrintAsync(HelpWriter.ForCommand(command, path, Terminal.Standard.Width));
            if (command.Arguments.Problem(path, arguments.Count) is { } problem)
                return Fail($"{HelpWriter.Program}: {problem}\n\nUsage:  {HelpWriter.UsageLine(command, path)}\n\n{(command.Arguments == ArgumentCount.None ? "Run" : "See")} '{path} --help' for more information", ExitCodes.Failure);
            await using var context = new CliContext(options, path);
            return await command.RunAsync(context, arguments, cancellationToken);
        }
        catch (UsageException problem)
        {
            return Fail($"{problem.Message}\n\nUsage:  {HelpWriter.UsageLine(command, path)}\n\nRun '{path} --help' for more information", ExitCodes.Refused);
        }
    }

    private static string? Explain(Exception problem, GlobalOptions options) => problem switch
    {
        CommandFailedException or ApiException or ProgressFailedException or DistributionException or FormatException => problem.Message,
        DaemonUnreachableException { InnerException: System.Security.Authentication.AuthenticationException reason } untrusted =>
            $"no trusted connection to boreald at {untrusted.Address}: {reason.Message}\n"
            + "check --tlscacert (who signed the daemon's certificate), --tlscert and --tlskey (yours)",
        DaemonUnreachableException unreachable =>
            $"cannot connect to boreald at {unreachable.Address}: {unreachable.InnerException?.Message ?? "no answer"}\n"
            + $"is it running? start it with 'systemctl start boreald' or 'boreald -H {options.HostText}', or name another daemon with -H or BOREAL_HOST",
        IOException or UnauthorizedAccessException or System.Text.Json.JsonException => problem.Message,
        OperationCanceledException => "canceled",
        _ => null,
    };

    private static async Task<int> PrintAsync(string text)
    {
        await Terminal.Standard.Output.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text));
        return ExitCodes.Success;
    }

    private static int Fail(string message, int code)
    {
        if (message.Length is 0) return code;
        Terminal.Standard.Error.Write(System.Text.Encoding.UTF8.GetBytes(message.EndsWith('\n') ? message : message + "\n"));
        return code;
    }
}
