namespace Boreal.Cli.CommandLine;

/// <summary>An option with one value; the last one given counts.</summary>
internal sealed class ValueFlag<T>(string name, char shorthand, string usage, T start, Func<string, T> parse) : Flag(name, shorthand, usage)
{
    public T Value { get; private set; } = start;

    protected override void Read(string text) => Value = parse(text);
}
