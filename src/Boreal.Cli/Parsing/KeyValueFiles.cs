using System.Text;
using Boreal.Cli.CommandLine;

namespace Boreal.Cli.Parsing;

/// <summary>Files of <c>KEY=value</c> lines for environment and labels.</summary>
internal static class KeyValueFiles
{
    /// <summary>Environment: first the files, then the options; a bare name takes this process's value, or none.</summary>
    public static IReadOnlyList<string> Environment(IEnumerable<string> files, IEnumerable<string> values) =>
        [.. files.SelectMany(file => Read(file, System.Environment.GetEnvironmentVariable)), .. values];

    /// <summary>Labels: first the files, then the options; a bare name has an empty value.</summary>
    public static IReadOnlyDictionary<string, string> Labels(IEnumerable<string> files, IEnumerable<string> values) =>
        Map(files.SelectMany(file => Read(file, static _ => null, keepsBare: true)).Concat(values));

    /// <summary>Sorted, as docker sends maps.</summary>
    public static SortedDictionary<string, string> Map(IEnumerable<string> pairs)
    {
        var map = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var equals = pair.IndexOf('=');
            map[equals < 0 ? pair : pair[..equals]] = equals < 0 ? "" : pair[(equals + 1)..];
        }

        return map;
    }

    /// <summary>An environment option: a bare name is looked up here and now.</summary>
    public static string CheckVariable(string text)
    {
        var equals = text.IndexOf('=');
        if (text.Length is 0 || equals is 0) throw new FormatException($"invalid environment variable: {text}");
        return equals < 0 && System.Environment.GetEnvironmentVariable(text) is { } value ? $"{text}={value}" : text;
    }

    public static string CheckLabel(string text) =>
        text.Length is 0 || text[0] is '=' ? throw new FormatException($"invalid label '{text}': empty name") : text;

    private static List<string> Read(string path, Func<string, string?> lookup, bool keepsBare = false)
    {
        if (!File.Exists(path)) throw new CommandFailedException($"open {path}: no such file or directory", ExitCodes.Refused);
        var pairs = new List<string>();
        foreach (var raw in File.ReadLines(path, Encoding.UTF8))
        {
            var line = raw.TrimStart();
            if (line.Length is 0 || line[0] is '#') continue;
            var equals = line.IndexOf('=');
            var name = equals < 0 ? line.TrimEnd() : line[..equals];
            if (name.Length is 0) throw new CommandFailedException($"no variable name on line '{line}'", ExitCodes.Refused);
            if (name.Any(char.IsWhiteSpace)) throw new CommandFailedException($"invalid env file ({path}): variable '{name}' contains whitespaces", ExitCodes.Refused);
            if (equals >= 0) pairs.Add(line);
            else if (lookup(name) is { } value) pairs.Add($"{name}={value}");
            else if (keepsBare) pairs.Add(name);
        }

        return pairs;
    }
}
