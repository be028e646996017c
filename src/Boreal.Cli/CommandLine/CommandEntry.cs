namespace Boreal.Cli.CommandLine;

/// <summary>A line of the command list. The command itself is made only when it is needed, which keeps start-up short.</summary>
internal sealed record CommandEntry(string Name, string Summary, Func<Command>? Create, IReadOnlyList<CommandEntry>? Group = null)
{
    public IReadOnlyList<string> OtherNames { get; init; } = [];

    /// <summary>Listed at the top of the help.</summary>
    public bool IsFrequent { get; init; }

    /// <summary>Options that stand between the group's name and the verb; null when the group has none.</summary>
    public Func<FlagSet>? GroupOptions { get; init; }

    public bool IsHidden { get; init; }

    public bool Answers(string name) => Name == name || OtherNames.Contains(name, StringComparer.Ordinal);
}
