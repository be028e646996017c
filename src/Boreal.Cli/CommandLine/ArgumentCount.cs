namespace Boreal.Cli.CommandLine;

/// <summary>How many arguments a command takes.</summary>
internal readonly record struct ArgumentCount(int Least, int Most)
{
    public static readonly ArgumentCount None = new(0, 0);
    public static readonly ArgumentCount Any = new(0, int.MaxValue);

    public static ArgumentCount Exactly(int count) => new(count, count);

    public static ArgumentCount AtLeast(int count) => new(count, int.MaxValue);

    /// <summary>What is wrong with the count given; null when it fits.</summary>
    public string? Problem(string command, int given)
    {
        if (given >= Least && given <= Most) return null;
        if (Most is 0) return $"'{command}' accepts no arguments";
        if (Least == Most) return $"'{command}' requires {Plural(Least)}";
        if (Most is int.MaxValue) return $"'{command}' requires at least {Plural(Least)}";
        return Least is 0 ? $"'{command}' requires at most {Plural(Most)}" : $"'{command}' requires at least {Least} and at most {Plural(Most)}";
    }

    private static string Plural(int count) => count is 1 ? "1 argument" : $"{count} arguments";
}
