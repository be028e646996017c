using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Boreal.Compose.Interpolation;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Dotenv;

/// <summary>Files of variables as compose reads them: quotes, escapes, comments, values over several lines, other variables.</summary>
internal sealed partial class DotenvReader
{
    private readonly string _file;
    private readonly string _text;
    private readonly Func<string, string?> _lookup;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private int _at;

    private DotenvReader(string file, string text, Func<string, string?> lookup) => (_file, _text, _lookup) = (file, text, lookup);

    /// <param name="file">The name for messages.</param>
    /// <param name="text">The file's text.</param>
    /// <param name="lookup">Values from outside the file: they win over those inside when a value names a variable.</param>
    public static IReadOnlyDictionary<string, string> Read(string file, string text, Func<string, string?> lookup)
    {
        var reader = new DotenvReader(file, text.StartsWith('\uFEFF') ? text[1..] : text, lookup);
        reader.ReadAll();
        return reader._values;
    }

    /// <summary>The plain format: a line is a variable, and every sign of its value counts.</summary>
    public static IReadOnlyDictionary<string, string> ReadRaw(string file, string text, Func<string, string?> lookup)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.TrimEnd('\r').TrimStart();
            if (line.Length is 0 || line[0] is '#') continue;
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? line.TrimEnd() : line[..equals];
            if (name.Length is 0 || name.Any(char.IsWhiteSpace))
                throw new ComposeException(new SourcePosition(file, number, 1), $"\"{name}\" can't be the name of a variable: write NAME=value");
            if (equals >= 0) values[name] = line[(equals + 1)..];
            else if (lookup(name) is { } value) values[name] = value;
        }

        return values;
    }

    private void ReadAll()
    {
        while (SkipToStatement())
        {
            var (name, hasValue) = ReadName();
            if (name.Contains(' ', StringComparison.Ordinal)) throw Wrong($"\"{name}\" can't be the name of a variable: it has a space in it");
            if (hasValue) _values[name] = ReadValue();
            else if (_lookup(name) is { } inherited) _values[name] = inherited;
        }
    }

    private bool SkipToStatement()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at])) _at++;
            else if (_text[_at] is '#') SkipLine();
            else return true;
        }

        return false;
    }

    private (string Name, bool HasValue) ReadName()
    {
        if (Export().Match(_text, _at) is { Success: true } export) _at += export.Length;
        var start = _at;
        for (; _at < _text.Length; _at++)
        {
            var letter = _text[_at];
            if (letter is '=' or ':' or '\n')
            {
                var name = _text[start.._at++].TrimEnd();
                SkipBlanks();
                return (name, letter is not '\n');
            }

            if (!char.IsLetterOrDigit(letter) && !IsBlank(letter) && letter is not ('_' or '.' or '-' or '[' or ']'))
                throw Wrong($"unexpected character \"{letter}\" in variable name \"{LineAt(start)}\": write NAME=value");
        }

        return (_text[start..].TrimEnd(), false);
    }

    private string ReadValue()
    {
        if (_at < _text.Length && _text[_at] is '"' or '\'') return ReadQuoted(_text[_at]);
        var end = _text.IndexOf('\n', _at);
        var line = end < 0 ? _text[_at..] : _text[_at..end];
        _at = end < 0 ? _text.Length : end + 1;
        var comment = line.IndexOf(" #", StringComparison.Ordinal);
        return Expand((comment < 0 ? line : line[..comment]).TrimEnd());
    }

    private string ReadQuoted(char quote)
    {
        var opening = _at;
        var value = new StringBuilder();
        for (_at++; _at < _text.Length; _at++)
        {
            var letter = _text[_at];
            if (letter == quote)
            {
                _at++;
                return quote is '"' ? Expand(Unescape(value.ToString())) : value.ToString();
            }

            if (letter is not '\\' || _at + 1 >= _text.Length) value.Append(letter);
            else if (_text[++_at] == quote) value.Append(quote);
            else value.Append('\\').Append(_text[_at]);
        }

        _at = opening;
        throw Wrong($"unterminated quoted value {LineAt(opening)}: close it with {quote}");
    }

    private string Expand(string value)
    {
        try
        {
            return Template.Substitute(value, name => _lookup(name) ?? _values.GetValueOrDefault(name));
        }
        catch (FormatException exception)
        {
            throw new ComposeException(Here(), exception.Message, exception);
        }
    }

    private static string Unescape(string value) => Escape().Replace(value, match => match.Value[1] switch
    {
        '$' => "$$",
        'a' => "\a",
        'b' => "\b",
        'c' => "\\c",
        'f' => "\f",
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        'v' => "\v",
        '0' => Octal(match.Value),
        var other => other.ToString(CultureInfo.InvariantCulture),
    });

    private static string Octal(string escape) =>
        escape.Length is 5 && escape.AsSpan(2).IndexOfAnyExceptInRange('0', '7') < 0 ? ((char)(Convert.ToInt32(escape[2..], 8) & 0xff)).ToString() : escape;

    private void SkipLine()
    {
        var end = _text.IndexOf('\n', _at);
        _at = end < 0 ? _text.Length : end + 1;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && IsBlank(_text[_at])) _at++;
    }

    private string LineAt(int start)
    {
        var end = _text.IndexOf('\n', start);
        return end < 0 ? _text[start..] : _text[start..end];
    }

    private ComposeException Wrong(string problem) => new(Here(), problem);

    private SourcePosition Here()
    {
        var before = _text.AsSpan(0, Math.Min(_at, _text.Length));
        return new SourcePosition(_file, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    private static bool IsBlank(char letter) => letter is '\t' or '\v' or '\f' or '\r' or ' ' or '\u0085' or '\u00a0';

    [GeneratedRegex(@"\Gexport\s+")]
    private static partial Regex Export();

    [GeneratedRegex(@"\\(?:[abcfnrtv$""\\]|0\d{0,3})")]
    private static partial Regex Escape();
}
