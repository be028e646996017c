using System.Text;

namespace Boreal.Cli.CommandLine;

/// <summary>Lays out help texts.</summary>
internal static class HelpWriter
{
    public const string Program = "boreal";

    public static string ForCommand(Command command, string path, int width)
    {
        var text = new StringBuilder();
        text.Append("Usage:  ").Append(UsageLine(command, path)).Append("\n\n").Append(command.Summary).Append('\n');
        if (command.Aliases.Count > 0)
            text.Append("\nAliases:\n  ").AppendJoin(", ", command.Aliases.Select(alias => $"{Program} {alias}")).Append('\n');
        var shown = command.Flags.All.Where(flag => !flag.IsHidden && flag.Name is not "help").ToList();
        if (command.Flags.All.Any(flag => flag.Shorthand is 'h')) shown.Add(command.Help);
        if (shown.Count > 0) text.Append("\nOptions:\n").Append(Options(shown, width));
        if (command.Examples.Count > 0)
            text.Append("\nExamples:\n").AppendJoin('\n', command.Examples.Select(example => "  " + example)).Append('\n');
        return text.ToString();
    }

    public static string UsageLine(Command command, string path)
    {
        var space = command.Usage.IndexOf(' ');
        return space < 0 ? path : path + command.Usage[space..];
    }

    public static string ForGroup(CommandEntry group, string path, int width)
    {
        var text = new StringBuilder();
        text.Append("Usage:  ").Append(path).Append(group.GroupOptions is null ? " COMMAND" : " [OPTIONS] COMMAND").Append("\n\n").Append(group.Summary).Append('\n');
        if (group.GroupOptions is not null) text.Append("\nOptions:\n").Append(Options([.. group.GroupOptions().All.Where(flag => !flag.IsHidden)], width));
        text.Append("\nCommands:\n");
        AppendEntries(text, group.Group ?? []);
        return text.Append("\nRun '").Append(path).Append(" COMMAND --help' for more information on a command.\n").ToString();
    }

    public static string ForProgram(IReadOnlyList<CommandEntry> entries, FlagSet options, int width)
    {
        var text = new StringBuilder();
        text.Append("Usage:  ").Append(Program).Append(" [OPTIONS] COMMAND\n\nRuns containers\n\nCommon Commands:\n");
        AppendEntries(text, [.. entries.Where(entry => entry.IsFrequent)]);
        text.Append("\nManagement Commands:\n");
        AppendEntries(text, [.. entries.Where(entry => entry.Group is not null).OrderBy(entry => entry.Name, StringComparer.Ordinal)]);
        text.Append("\nCommands:\n");
        AppendEntries(text, [.. entries.Where(entry => entry is { IsFrequent: false, Group: null }).OrderBy(entry => entry.Name, StringComparer.Ordinal)]);
        text.Append("\nGlobal Options:\n").Append(Options([.. options.All.Where(flag => !flag.IsHidden && flag.Name is not "help")], width));
        return text.Append("\nRun '").Append(Program).Append(" COMMAND --help' for more information on a command.\n").ToString();
    }

    public static string Options(IReadOnlyList<Flag> flags, int width)
    {
        var sorted = flags.OrderBy(flag => flag.Name, StringComparer.Ordinal).ToList();
        var lefts = sorted.ConvertAll(Left);
        var column = lefts.Max(left => left.Length) + 3;
        var text = new StringBuilder();
        for (var i = 0; i < sorted.Count; i++)
        {
            var flag = sorted[i];
            var usage = flag.DefaultText.Length > 0 ? $"{flag.Usage} (default {flag.DefaultText})" : flag.Usage;
            text.Append(lefts[i].PadRight(column));
            Wrap(text, usage, column, Math.Max(24, width - 1 - column));
        }

        return text.ToString();
    }

    private static string Left(Flag flag)
    {
        var name = flag.Shorthand is '\0' ? $"      --{flag.Name}" : $"  -{flag.Shorthand}, --{flag.Name}";
        return flag.ValueName.Length > 0 ? $"{name} {flag.ValueName}" : name;
    }

    private static void Wrap(StringBuilder text, string usage, int indent, int width)
    {
        var used = 0;
        foreach (var word in usage.Split(' '))
        {
            if (used > 0 && used + 1 + word.Length > width)
            {
                text.Append('\n').Append(' ', indent);
                used = 0;
            }
            else if (used > 0)
            {
                text.Append(' ');
                used++;
            }

            text.Append(word);
            used += word.Length;
        }

        text.Append('\n');
    }

    private static void AppendEntries(StringBuilder text, IReadOnlyList<CommandEntry> entries)
    {
        var column = entries.Where(entry => !entry.IsHidden).Select(entry => entry.Name.Length).DefaultIfEmpty().Max() + 3;
        foreach (var entry in entries.Where(entry => !entry.IsHidden))
            text.Append("  ").Append(entry.Name.PadRight(column)).Append(entry.Summary).Append('\n');
    }
}
