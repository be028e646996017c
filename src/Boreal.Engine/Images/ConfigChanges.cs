using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Boreal.Engine.Errors;
using Boreal.Oci.Images;

namespace Boreal.Engine.Images;

/// <summary>The Dockerfile lines that <c>import --change</c> and <c>commit --change</c> take, applied to a configuration.</summary>
internal static class ConfigChanges
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");
    internal static readonly JsonElement Present = JsonDocument.Parse("{}").RootElement.Clone();

    public static RunConfig Apply(RunConfig config, IEnumerable<string> changes)
    {
        foreach (var line in changes.SelectMany(change => change.Split('\n')).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
            config = ApplyLine(config, line);
        return config;
    }

    private static RunConfig ApplyLine(RunConfig config, string line)
    {
        var end = line.IndexOfAny([' ', '\t']);
        var word = (end < 0 ? line : line[..end]).ToUpperInvariant();
        var rest = end < 0 ? "" : line[end..].Trim();
        var known = word is "CMD" or "ENTRYPOINT" or "ENV" or "EXPOSE" or "HEALTHCHECK" or "LABEL" or "ONBUILD" or "STOPSIGNAL" or "USER" or "VOLUME" or "WORKDIR";
        if (!known)
            throw Invalid($"{word} is not a valid change command");
        if (rest.Length == 0 && word is not ("CMD" or "ENTRYPOINT"))
            throw Invalid(word is "USER" or "WORKDIR" or "STOPSIGNAL" or "ONBUILD" ? $"{word} requires exactly one argument" : $"{word} requires at least one argument");
        return word switch
        {
            "CMD" => config with { Cmd = Command(rest) },
            "ENTRYPOINT" => config with { Entrypoint = Command(rest) },
            "ENV" => config with { Env = Environment(config.Env ?? [], Pairs(rest)) },
            "EXPOSE" => config with { ExposedPorts = Merge(config.ExposedPorts, Words(rest).Select(Port)) },
            "HEALTHCHECK" => config with { Healthcheck = Health(rest) },
            "LABEL" => config with { Labels = Labels(config.Labels, Pairs(rest)) },
            "ONBUILD" => config with { OnBuild = [.. config.OnBuild ?? [], rest] },
            "STOPSIGNAL" => config with { StopSignal = rest },
            "USER" => config with { User = rest },
            "VOLUME" => config with { Volumes = Merge(config.Volumes, JsonList(rest) ?? Words(rest)) },
            _ => config with { WorkingDir = Directory(config.WorkingDir, rest) },
        };
    }

    private static IReadOnlyList<string> Command(string rest) => JsonList(rest) ?? ["/bin/sh", "-c", rest];

    private static IReadOnlyList<string>? JsonList(string text)
    {
        if (!text.StartsWith('['))
            return null;
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String)
                ? [.. document.RootElement.EnumerateArray().Select(item => item.GetString() ?? "")]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Port(string word)
    {
        var slash = word.IndexOf('/');
        var number = slash < 0 ? word : word[..slash];
        var protocol = slash < 0 ? "tcp" : word[(slash + 1)..].ToLowerInvariant();
        return ushort.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _) && protocol is "tcp" or "udp" or "sctp"
            ? $"{number}/{protocol}"
            : throw Invalid($"invalid containerPort: {word}");
    }

    private static string Directory(string? current, string next) =>
        Path.GetFullPath(Path.Combine(string.IsNullOrEmpty(current) ? "/" : current, next));

    internal static SortedDictionary<string, JsonElement> Merge(IReadOnlyDictionary<string, JsonElement>? known, IEnumerable<string> more)
    {
        var merged = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var key in (known?.Keys ?? []).Concat(more))
            merged[key] = Present;
        return merged;
    }

    private static SortedDictionary<string, string> Labels(IReadOnlyDictionary<string, string>? known, IEnumerable<(string Key, string Value)> more)
    {
        var merged = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in (known ?? new Dictionary<string, string>()).Select(pair => (pair.Key, pair.Value)).Concat(more))
            merged[key] = value;
        return merged;
    }

    private static List<string> Environment(IReadOnlyList<string> known, IEnumerable<(string Key, string Value)> more)
    {
        var merged = known.ToList();
        foreach (var (key, value) in more)
        {
            var at = merged.FindIndex(entry => entry.StartsWith(key + "=", StringComparison.Ordinal));
            if (at < 0)
                merged.Add($"{key}={value}");
            else
                merged[at] = $"{key}={value}";
        }

        return merged;
    }

    private static HealthCheckConfig Health(string rest)
    {
        var health = new HealthCheckConfig();
        while (rest.StartsWith("--", StringComparison.Ordinal))
        {
            var end = rest.IndexOf(' ');
            var option = end < 0 ? rest : rest[..end];
            rest = end < 0 ? "" : rest[end..].Trim();
            var equals = option.IndexOf('=');
            health = HealthOption(health, equals < 0 ? option : option[..equals], equals < 0 ? "" : option[(equals + 1)..]);
        }

        var words = Words(rest);
        if (words.Count == 1 && words[0].Equals("NONE", StringComparison.OrdinalIgnoreCase))
            return new HealthCheckConfig { Test = ["NONE"] };
        if (words.Count == 0 || !words[0].Equals("CMD", StringComparison.OrdinalIgnoreCase))
            throw Invalid($"Unknown type \"{(words.Count == 0 ? "" : words[0].ToUpperInvariant())}\" in HEALTHCHECK (try CMD)");
        var command = rest[3..].Trim();
        return command.Length == 0 ? throw Invalid("Missing command after HEALTHCHECK CMD")
            : health with { Test = JsonList(command) is { } list ? ["CMD", .. list] : ["CMD-SHELL", command] };
    }

    private static HealthCheckConfig HealthOption(HealthCheckConfig health, string option, string value) => option switch
    {
        "--interval" => health with { Interval = Duration(value) },
        "--timeout" => health with { Timeout = Duration(value) },
        "--start-period" => health with { StartPeriod = Duration(value) },
        "--start-interval" => health with { StartInterval = Duration(value) },
        "--retries" => health with { Retries = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var retries) ? retries : throw Invalid($"invalid --retries: {value}") },
        _ => throw Invalid($"Unknown flag: {option.TrimStart('-')}"),
    };

    // Go's duration: numbers with units, "1m30s".
    internal static long Duration(string text)
    {
        var total = 0m;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(NumberCharacters);
            if (digits <= 0 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                throw Invalid($"time: invalid duration \"{text}\"");
            rest = rest[digits..];
            var end = rest.IndexOfAny(NumberCharacters);
            var unit = end < 0 ? rest : rest[..end];
            total += number * unit switch { "h" => 3_600_000_000_000m, "m" => 60_000_000_000m, "s" => 1_000_000_000m, "ms" => 1_000_000m, "us" or "µs" => 1000m, "ns" => 1m, _ => throw Invalid($"time: unknown unit in duration \"{text}\"") };
            rest = rest[unit.Length..];
        }

        return (long)total;
    }

    // key=value pairs with quotes and backslashes, or the old form "key the rest".
    private static IEnumerable<(string Key, string Value)> Pairs(string rest)
    {
        var words = Words(rest);
        if (!words[0].Contains('='))
        {
            var end = rest.IndexOfAny([' ', '\t']);
            return end < 0 ? throw Invalid($"{rest} must have two arguments") : [(rest[..end], rest[end..].Trim())];
        }

        return words.Select(word => word.IndexOf('=') is > 0 and var at ? (word[..at], word[(at + 1)..]) : throw Invalid($"Syntax error - can't find = in \"{word}\". Must be of the form: name=value"));
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (quote, any) = ('\0', false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && quote != '\'' && i + 1 < text.Length)
                word.Append(text[++i]);
            else if (quote != '\0' && c == quote)
                quote = '\0';
            else if (quote == '\0' && (c is '"' or '\''))
                quote = c;
            else if (quote == '\0' && (c is ' ' or '\t'))
            {
                if (any)
                    words.Add(word.ToString());
                word.Clear();
                any = false;
                continue;
            }
            else
                word.Append(c);
            any = true;
        }

        if (any)
            words.Add(word.ToString());
        return words;
    }

    private static EngineException Invalid(string message) => new(ErrorKind.Invalid, message);
}
