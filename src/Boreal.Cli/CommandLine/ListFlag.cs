namespace Boreal.Cli.CommandLine;

/// <summary>An option that can be given many times.</summary>
internal sealed class ListFlag(string name, char shorthand, string usage, Func<string, string>? check = null) : Flag(name, shorthand, usage)
{
    private readonly List<string> _values = [];

    public IReadOnlyList<string> Values => _values;

    protected override void Read(string text) => _values.Add(check is null ? text : check(text));
}
