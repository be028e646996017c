using System.Text;

namespace Boreal.Compose.Interpolation;

/// <summary>Texts with variables: <c>$V</c>, <c>${V}</c>, <c>${V:-default}</c> and the other operators of the compose specification, nested at will.</summary>
internal sealed class Template
{
    private const int DeepestNesting = 50;

    private static readonly string[] Operators = [":-", "-", ":?", "?", ":+", "+"];

    private readonly Func<string, string?> _lookup;
    private readonly Action<string>? _unset;
    private int _depth;

    private Template(Func<string, string?> lookup, Action<string>? unset) => (_lookup, _unset) = (lookup, unset);

    /// <param name="text">What may hold variables.</param>
    /// <param name="lookup">The value of a variable; null when it isn't set.</param>
    /// <param name="unset">Told of variables that aren't set and have no default.</param>
    /// <exception cref="FormatException">A variable is malformed, or required and missing; the message has no place.</exception>
    public static string Substitute(string text, Func<string, string?> lookup, Action<string>? unset = null) =>
        text.Contains('$', StringComparison.Ordinal) ? new Template(lookup, unset).Expand(text) : text;

    /// <summary>The position behind the brace that closes the one at <paramref name="open"/>; -1 if none does.</summary>
    public static int Close(string text, int open)
    {
        var depth = 0;
        for (var at = open; at < text.Length; at++)
        {
            if (text[at] is '{') depth++;
            else if (text[at] is '}' && --depth is 0) return at;
        }

        return -1;
    }

    /// <summary>How long the name of a variable at this position is; 0 if there is none.</summary>
    public static int NameLength(string text, int start)
    {
        if (start >= text.Length || !(char.IsAsciiLetter(text[start]) || text[start] is '_')) return 0;
        var end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_')) end++;
        return end - start;
    }

    private string Expand(string text)
    {
        if (++_depth > DeepestNesting) throw new FormatException($"variables are nested deeper than {DeepestNesting} levels");
        var output = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            if (text[at] is not '$' || at + 1 >= text.Length) output.Append(text[at++]);
            else if (text[at + 1] is '$')
            {
                output.Append('$');
                at += 2;
            }
            else if (text[at + 1] is '{') at = Braced(text, at, output);
            else if (NameLength(text, at + 1) is > 0 and var length)
            {
                output.Append(Plain(text.Substring(at + 1, length)));
                at += length + 1;
            }
            else output.Append(text[at++]);
        }

        _depth--;
        return output.ToString();
    }

    private int Braced(string text, int start, StringBuilder output)
    {
        var close = Close(text, start + 1);
        var length = NameLength(text, start + 2);
        if (close < 0 || length is 0) throw Malformed(text);
        var name = text.Substring(start + 2, length);
        var rest = text[(start + 2 + length)..close];
        output.Append(rest.Length is 0 ? Plain(name) : Apply(name, rest, text));
        return close + 1;
    }

    private string Apply(string name, string rest, string text)
    {
        var mark = Operators.FirstOrDefault(candidate => rest.StartsWith(candidate, StringComparison.Ordinal)) ?? throw Malformed(text);
        var word = rest[mark.Length..];
        var value = _lookup(name);
        var isThere = mark[0] is ':' ? !string.IsNullOrEmpty(value) : value is not null;
        return mark[^1] switch
        {
            '-' => isThere ? value ?? "" : Expand(word),
            '+' => isThere ? Expand(word) : value ?? "",
            _ => isThere ? value ?? "" : throw new FormatException(Missing(name, Expand(word))),
        };
    }

    private string Plain(string name)
    {
        if (_lookup(name) is { } value) return value;
        _unset?.Invoke(name);
        return "";
    }

    private static string Missing(string name, string reason) =>
        reason.Length > 0
            ? $"required variable {name} is missing a value: {reason}: set it in the environment or in .env"
            : $"required variable {name} is missing a value: set it in the environment or in .env";

    private static FormatException Malformed(string text) => new($"\"{text}\" has a malformed variable: write ${{NAME}}, or $$ for a dollar sign");
}
