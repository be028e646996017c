using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Instructions;

/// <summary>The <c>--name=value</c> words of an instruction, read against the names that it knows.</summary>
internal sealed class InstructionFlags
{
    private readonly Dictionary<string, List<string>> _values = [];

    private InstructionFlags()
    {
    }

    private enum FlagKind
    {
        Text,
        Texts,
        Switch,
    }

    /// <param name="words">The flags as written.</param>
    /// <param name="known">Names; with <c>!</c> behind for a switch, with <c>*</c> for one that may come again.</param>
    /// <exception cref="FormatException">A flag is unknown, comes twice or has a wrong value.</exception>
    public static InstructionFlags Read(IReadOnlyList<string> words, params ReadOnlySpan<string> known)
    {
        var kinds = new Dictionary<string, FlagKind>();
        foreach (var name in known)
            kinds[name.TrimEnd('!', '*')] = name[^1] switch { '!' => FlagKind.Switch, '*' => FlagKind.Texts, _ => FlagKind.Text };

        var flags = new InstructionFlags();
        foreach (var word in words)
            flags.Add(word, kinds);
        return flags;
    }

    public string? Text(string name) => _values.TryGetValue(name, out var values) ? values[^1] : null;

    public IReadOnlyList<string> Texts(string name) => _values.TryGetValue(name, out var values) ? values : [];

    public bool? Switch(string name) => Text(name) is { } text ? text == "true" : null;

    private void Add(string word, Dictionary<string, FlagKind> kinds)
    {
        var sign = word.IndexOf('=');
        var name = sign < 0 ? word[2..] : word[2..sign];
        var value = sign < 0 ? null : word[(sign + 1)..];
        if (!kinds.TryGetValue(name, out var kind))
            throw new FormatException(Suggestion.Append($"unknown flag: --{name}", Suggestion.For(name, kinds.Keys)));
        if (_values.ContainsKey(name) && kind != FlagKind.Texts) throw new FormatException($"duplicate flag specified: --{name}");
        if (!_values.TryGetValue(name, out var values)) _values[name] = values = [];
        values.Add(kind == FlagKind.Switch ? SwitchValue(name, value) : value ?? throw MissingValue(name));
    }

    private static string SwitchValue(string name, string? value) => value?.ToLowerInvariant() switch
    {
        null or "true" => "true",
        "false" => "false",
        "" => throw MissingValue(name),
        _ => throw new FormatException($"expecting boolean value for flag --{name}, not: {value}"),
    };

    private static FormatException MissingValue(string name) => new($"missing a value on flag: --{name}");
}
