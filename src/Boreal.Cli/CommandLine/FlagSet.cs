using System.Globalization;
using Boreal.Cli.Parsing;
using Boreal.Notation;

namespace Boreal.Cli.CommandLine;

/// <summary>The options of one command, by the rules of POSIX and GNU: <c>-ab</c>, <c>-n5</c>, <c>--name=value</c>, <c>--</c>.</summary>
internal sealed class FlagSet
{
    private readonly List<Flag> _flags = [];

    public IReadOnlyList<Flag> All => _flags;

    public ValueFlag<bool> Switch(string name, char shorthand, string usage, bool start = false) => Add(
        new ValueFlag<bool>(name, shorthand, usage, start, GoNumbers.ParseBoolean) { ValueWhenBare = "true", DefaultText = start ? "true" : "" });

    public ValueFlag<string> Text(string name, char shorthand, string usage, string start = "") => Add(
        new ValueFlag<string>(name, shorthand, usage, start, text => text) { ValueName = "string", DefaultText = start.Length > 0 ? $"\"{start}\"" : "" });

    public ValueFlag<long> Integer(string name, char shorthand, string usage, long start = 0) => Add(
        new ValueFlag<long>(name, shorthand, usage, start, GoNumbers.ParseInteger)
        {
            ValueName = "int",
            DefaultText = start is 0 ? "" : start.ToString(CultureInfo.InvariantCulture),
        });

    public ListFlag List(string name, char shorthand, string usage, Func<string, string>? check = null) =>
        Add(new ListFlag(name, shorthand, usage, check) { ValueName = "list" });

    public ValueFlag<T> Value<T>(string name, char shorthand, string valueName, string usage, T start, Func<string, T> parse) =>
        Add(new ValueFlag<T>(name, shorthand, usage, start, parse) { ValueName = valueName });

    public TFlag Add<TFlag>(TFlag flag)
        where TFlag : Flag
    {
        _flags.Add(flag);
        return flag;
    }

    public Flag? Find(string name)
    {
        foreach (var flag in _flags)
        {
            if (flag.Name == name) return flag;
        }

        return null;
    }

    /// <summary>Reads options; what is left are the arguments. Without <paramref name="anywhere"/> the first argument ends the options.</summary>
    public List<string> Parse(IReadOnlyList<string> words, bool anywhere)
    {
        var arguments = new List<string>();
        for (var at = 0; at < words.Count; at++)
        {
            var word = words[at];
            if (word is "--")
            {
                arguments.AddRange(words.Skip(at + 1));
                break;
            }

            if (word.Length < 2 || word[0] is not '-')
            {
                arguments.Add(word);
                if (anywhere) continue;
                arguments.AddRange(words.Skip(at + 1));
                break;
            }

            if (word.StartsWith("--", StringComparison.Ordinal)) Long(words, ref at);
            else Short(words, ref at);
        }

        return arguments;
    }

    private void Long(IReadOnlyList<string> words, ref int at)
    {
        var word = words[at];
        var equals = word.IndexOf('=');
        var name = equals < 0 ? word[2..] : word[2..equals];
        if (name.Length is 0 || name[0] is '-') throw new UsageException($"bad flag syntax: {word}");
        var flag = Find(name) ?? throw new UsageException($"unknown flag: --{name}");
        if (equals >= 0) flag.Set(word[(equals + 1)..]);
        else if (flag.ValueWhenBare is { } bare) flag.Set(bare);
        else if (++at < words.Count) flag.Set(words[at]);
        else throw new UsageException($"flag needs an argument: --{name}");
    }

    private void Short(IReadOnlyList<string> words, ref int at)
    {
        var word = words[at];
        for (var i = 1; i < word.Length; i++)
        {
            var letter = word[i];
            var flag = _flags.Find(candidate => candidate.Shorthand == letter)
                ?? throw new UsageException($"unknown shorthand flag: '{letter}' in -{word[i..]}");
            var rest = word[(i + 1)..];
            if (rest.Length > 1 && rest[0] is '=')
            {
                flag.Set(rest[1..]);
                return;
            }

            if (flag.ValueWhenBare is { } bare)
            {
                flag.Set(bare);
                continue;
            }

            if (rest.Length > 0) flag.Set(rest);
            else if (++at < words.Count) flag.Set(words[at]);
            else throw new UsageException($"flag needs an argument: '{letter}' in -{word[i..]}");
            return;
        }
    }
}
