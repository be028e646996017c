using Boreal.Notation;

namespace Boreal.Cli.CommandLine;

/// <summary>One option of a command.</summary>
internal abstract class Flag(string name, char shorthand, string usage)
{
    public string Name => name;

    /// <summary>The one-letter form; NUL when there is none.</summary>
    public char Shorthand => shorthand;

    public string Usage => usage;

    /// <summary>The word for the value in help; empty for switches.</summary>
    public string ValueName { get; init; } = "";

    /// <summary>The default as help shows it; empty to show none.</summary>
    public string DefaultText { get; init; } = "";

    /// <summary>The value an option without one has; null when one is required.</summary>
    public string? ValueWhenBare { get; init; }

    public bool IsHidden { get; init; }

    /// <summary>Candidates for completion: a fixed list, or a noun such as <c>container</c>.</summary>
    public IReadOnlyList<string> Candidates { get; init; } = [];

    public bool IsGiven { get; private set; }

    public string Display => shorthand is '\0' ? $"--{name}" : $"-{shorthand}, --{name}";

    /// <exception cref="UsageException">The text is no value of this option.</exception>
    public void Set(string text)
    {
        try
        {
            Read(text);
            IsGiven = true;
        }
        catch (FormatException problem)
        {
            throw new UsageException($"invalid argument {GoText.Quote(text)} for \"{Display}\" flag: {problem.Message}");
        }
    }

    protected abstract void Read(string text);
}
