using Boreal.Daemon.Configuration;

namespace Boreal.Daemon.Registries;

/// <summary>The words of a verb that is no server: arguments, and flags as <c>--name value</c>, <c>--name=value</c> or <c>--switch</c>.</summary>
internal sealed class VerbLine
{
    private readonly Dictionary<string, List<string>> _flags = new(StringComparer.Ordinal);
    private readonly List<string> _arguments = [];

    private VerbLine()
    {
    }

    public IReadOnlyList<string> Arguments => _arguments;

    /// <exception cref="ConfigurationException">A flag is not one of those, or lacks its value.</exception>
    public static VerbLine Parse(IReadOnlyList<string> words, IReadOnlyList<string> flags, IReadOnlyList<string> switches)
    {
        var line = new VerbLine();
        for (var at = 0; at < words.Count; at++)
        {
            var word = words[at];
            if (!word.StartsWith("--", StringComparison.Ordinal))
            {
                line._arguments.Add(word);
                continue;
            }
            var equals = word.IndexOf('=');
            var name = equals < 0 ? word[2..] : word[2..equals];
            if (switches.Contains(name) && equals < 0)
                line.Add(name, "true");
            else if (!flags.Contains(name))
                throw new ConfigurationException($"unknown flag: {word}");
            else if (equals >= 0)
                line.Add(name, word[(equals + 1)..]);
            else
                line.Add(name, ++at < words.Count ? words[at] : throw new ConfigurationException($"flag needs an argument: {word}"));
        }
        return line;
    }

    public bool Has(string name) => _flags.ContainsKey(name);

    public IReadOnlyList<string> All(string name) => _flags.GetValueOrDefault(name) ?? [];

    public string? Last(string name) => All(name) is [.., var last] ? last : null;

    private void Add(string name, string value)
    {
        if (!_flags.TryGetValue(name, out var values))
            _flags[name] = values = [];
        values.Add(value);
    }
}
