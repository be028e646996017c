using System.Buffers;
using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Syntax;

/// <summary>One joined line to a statement. Each instruction has its own way of splitting its arguments.</summary>
internal static class StatementReader
{
    private const int DeepestNesting = 16;

    // Not the line's end, which a joined line has none of, and not Unicode's blanks.
    private static readonly char[] Blanks = ['\t', '\v', '\f', '\r', ' '];
    private static readonly SearchValues<char> AnyBlank = SearchValues.Create(Blanks);

    /// <exception cref="FormatException">The arguments do not follow the instruction's grammar.</exception>
    public static Statement Read(string line, char escape) => Read(line, escape, 0);

    private static Statement Read(string line, char escape, int depth)
    {
        if (depth > DeepestNesting) throw new FormatException($"ONBUILD nested deeper than {DeepestNesting}");
        var (keyword, rest) = SplitOnce(line.Trim());
        var (flags, arguments) = FlagSplitter.Split(rest ?? "", escape);
        var statement = new Statement { Keyword = keyword, Original = line, Flags = flags };
        return ReadArguments(statement, arguments.Trim(), escape, depth);
    }

    private static Statement ReadArguments(Statement statement, string text, char escape, int depth) => statement.Name switch
    {
        "ADD" or "COPY" or "VOLUME" => JsonOr(statement, text, SplitAtBlanks),
        "CMD" or "ENTRYPOINT" or "RUN" or "SHELL" => JsonOr(statement, text, Single),
        "EXPOSE" or "FROM" => statement with { Arguments = SplitAtBlanks(text) },
        "MAINTAINER" or "STOPSIGNAL" or "USER" or "WORKDIR" => statement with { Arguments = Single(text) },
        "ARG" => statement with { Arguments = WordSplitter.Split(text, escape) },
        "ENV" or "LABEL" => statement with { Arguments = ReadPairs(statement.Name, text, escape) },
        "HEALTHCHECK" => ReadHealthCheck(statement, text),
        "ONBUILD" when text.Length > 0 => statement with { Inner = Read(text, escape, depth + 1) },
        _ => statement,
    };

    private static Statement JsonOr(Statement statement, string text, Func<string, IReadOnlyList<string>> split)
    {
        var json = JsonForm.TryRead(text);
        return statement with { Arguments = json ?? split(text), IsJson = json is not null };
    }

    private static Statement ReadHealthCheck(Statement statement, string text)
    {
        var end = text.AsSpan().IndexOfAny(AnyBlank);
        if (text.Length == 0) return statement;
        if (end < 0) return statement with { Arguments = [text] };
        var command = JsonOr(statement, text[end..].TrimStart(), Single);
        return command with { Arguments = [text[..end], .. command.Arguments] };
    }

    /// <summary>Triples of name, value and the sign between: <c>=</c>, or nothing in the old form.</summary>
    private static List<string> ReadPairs(string name, string text, char escape)
    {
        var words = WordSplitter.Split(text, escape);
        if (words.Count == 0) return [];
        if (!words[0].Contains('='))
        {
            var (key, value) = SplitOnce(text);
            return value is null ? throw new FormatException($"{name} must have two arguments") : [key, value, ""];
        }

        var pairs = new List<string>();
        foreach (var word in words)
        {
            var sign = word.IndexOf('=');
            if (sign < 0) throw new FormatException($"Syntax error - can't find = in {GoText.Quote(word)}. Must be of the form: name=value");
            pairs.AddRange([word[..sign], word[(sign + 1)..], "="]);
        }
        return pairs;
    }

    private static string[] Single(string text) => text.Length == 0 ? [] : [text];

    private static string[] SplitAtBlanks(string text) => text.Length == 0 ? [] : text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);

    private static (string First, string? Others) SplitOnce(string text)
    {
        var end = text.AsSpan().IndexOfAny(AnyBlank);
        return end < 0 ? (text, null) : (text[..end], text[end..].TrimStart(Blanks));
    }
}
