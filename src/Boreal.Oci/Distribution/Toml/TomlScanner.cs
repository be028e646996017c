using System.Globalization;
using System.Text;

namespace Boreal.Oci.Distribution.Toml;

/// <summary>Characters, words and strings of a TOML text, with the line for errors.</summary>
internal sealed class TomlScanner(string text)
{
    private const char End = '\0';

    private readonly string _text = text.ReplaceLineEndings("\n").TrimStart('\uFEFF');
    private int _position;

    public char Peek => _position < _text.Length ? _text[_position] : End;

    public FormatException Error(string what) => new($"line {_text.AsSpan(0, Math.Min(_position, _text.Length)).Count('\n') + 1}: {what}");

    /// <summary>Spaces, comments and line ends; false at the end of the text.</summary>
    public bool SkipBlankLines()
    {
        while (true)
        {
            SkipSpaces();
            if (Peek == '#')
                SkipComment();
            if (Peek != '\n')
                return _position < _text.Length;
            _position++;
        }
    }

    public void SkipSpaces()
    {
        while (Peek is ' ' or '\t')
            _position++;
    }

    public bool TryTake(char character)
    {
        if (Peek != character || _position >= _text.Length)
            return false;
        _position++;
        return true;
    }

    public void Expect(char character)
    {
        SkipSpaces();
        if (!TryTake(character))
            throw Error($"'{character}' is expected");
    }

    public void ExpectLineEnd()
    {
        SkipSpaces();
        if (Peek == '#')
            SkipComment();
        if (_position < _text.Length && !TryTake('\n'))
            throw Error($"the end of the line is expected, not '{Peek}'");
    }

    /// <summary>Letters, digits, <c>_</c>, <c>-</c> and <c>+</c>.</summary>
    public string TakeWord()
    {
        var start = _position;
        while (char.IsAsciiLetterOrDigit(Peek) || Peek is '_' or '-' or '+')
            _position++;
        return _text[start.._position];
    }

    public string TakeLiteralString()
    {
        RefuseLongString('\'');
        _position++;
        var start = _position;
        while (Peek != '\'')
            Advance();
        return _text[start.._position++];
    }

    public string TakeBasicString()
    {
        RefuseLongString('"');
        var value = new StringBuilder();
        for (_position++; Peek != '"'; Advance())
        {
            if (Peek == '\\')
                TakeEscape(value);
            else
                value.Append(Peek);
        }
        _position++;
        return value.ToString();
    }

    private void TakeEscape(StringBuilder value)
    {
        _position++;
        switch (Peek)
        {
            case 'b': value.Append('\b'); break;
            case 't': value.Append('\t'); break;
            case 'n': value.Append('\n'); break;
            case 'f': value.Append('\f'); break;
            case 'r': value.Append('\r'); break;
            case '"' or '\\': value.Append(Peek); break;
            case 'u': TakeCode(value, 4); break;
            case 'U': TakeCode(value, 8); break;
            default: throw Error($"'\\{Peek}' is no escape");
        }
    }

    private void TakeCode(StringBuilder value, int digits)
    {
        if (_position + digits >= _text.Length
            || !int.TryParse(_text.AsSpan(_position + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || !Rune.TryCreate(code, out var rune))
            throw Error("no such character");
        value.Append(rune.ToString());
        _position += digits;
    }

    private void RefuseLongString(char quote)
    {
        if (string.CompareOrdinal(_text, _position, new string(quote, 3), 0, 3) == 0)
            throw Error("strings over several lines are not supported");
    }

    private void Advance()
    {
        if (Peek is '\n' || _position >= _text.Length)
            throw Error("the string does not end");
        _position++;
    }

    private void SkipComment()
    {
        while (_position < _text.Length && Peek != '\n')
            _position++;
    }
}
