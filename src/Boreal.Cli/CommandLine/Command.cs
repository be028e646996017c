using Boreal.Cli.Session;
using Boreal.Notation;

namespace Boreal.Cli.CommandLine;

/// <summary>One verb: its options as fields, its help, what it does.</summary>
internal abstract class Command
{
    protected Command() => Help = Flags.Add(new ValueFlag<bool>("help", '\0', "Print usage", false, GoNumbers.ParseBoolean) { ValueWhenBare = "true" });

    /// <summary>The usage line after the program's name: <c>rm [OPTIONS] CONTAINER...</c>. Its first word is the verb.</summary>
    public abstract string Usage { get; }

    public abstract string Summary { get; }

    public abstract ArgumentCount Arguments { get; }

    public FlagSet Flags { get; } = new();

    /// <summary>Options of the group, written in front of the verb; null when the group has none.</summary>
    public virtual FlagSet? GroupFlags => null;

    public ValueFlag<bool> Help { get; }

    /// <summary>Other ways to write the command, as help lists them.</summary>
    public virtual IReadOnlyList<string> Aliases => [];

    /// <summary>Lines for the end of the help.</summary>
    public virtual IReadOnlyList<string> Examples => [];

    /// <summary>False: what follows the first argument belongs to it (<c>run IMAGE ls -l</c>).</summary>
    public virtual bool OptionsAnywhere => true;

    /// <summary>False: every word is another program's to read, also <c>--help</c>.</summary>
    public virtual bool ReadsOptions => true;

    /// <summary>What completion offers for arguments: <c>container</c>, <c>image</c>, <c>network</c>, <c>volume</c> or nothing.</summary>
    public virtual string ArgumentNoun => "";

    public abstract Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken);
}
