using System.Globalization;
using System.Text;
using Boreal.Notation;

namespace Boreal.Cli.Templates;

/// <summary>Cuts a template's text into tokens; trim markers are carried out here.</summary>
internal sealed class Lexer(string text)
{
    private readonly List<Token> _tokens = [];
    private int _at;

    public static IReadOnlyList<Token> Cut(string text) => new Lexer(text).Run();

    private List<Token> Run()
    {
        var trimLeft = false;
        while (_at < text.Length)
        {
            var open = text.IndexOf("{{", _at, StringComparison.Ordinal);
            var end = open < 0 ? text.Length : open;
            var trimRight = open >= 0 && open + 3 < text.Length && text[open + 2] is '-' && char.IsWhiteSpace(text[open + 3]);
            AddText(_at, end, trimLeft, trimRight);
            if (open < 0) break;
            _at = open + (trimRight ? 4 : 2);
            trimLeft = Action(open);
        }

        Add(TokenKind.End, "", text.Length, 0);
        return _tokens;
    }

    private void AddText(int start, int end, bool trimLeft, bool trimRight)
    {
        var piece = text[start..end];
        if (trimLeft) piece = piece.TrimStart();
        if (trimRight) piece = piece.TrimEnd();
        if (piece.Length > 0) _tokens.Add(new Token(TokenKind.Text, piece, PositionOf(start), piece));
        _at = end;
    }

    /// <summary>Reads one action up to its end; true when the text after it is to be trimmed.</summary>
    private bool Action(int open)
    {
        if (text.AsSpan(_at).StartsWith("/*")) return Comment(open);
        Add(TokenKind.Open, "{{", open, 2);
        while (true)
        {
            if (_at >= text.Length) throw TemplateException.Parsing(PositionOf(open), "unclosed action");
            if (text.AsSpan(_at).StartsWith("}}")) return Close(0);
            if (char.IsWhiteSpace(text[_at]) && text.AsSpan(_at + 1).StartsWith("-}}")) return Close(2);
            Next();
        }
    }

    private bool Close(int trim)
    {
        Add(TokenKind.Close, "}}", _at + trim, 2);
        _at += trim + 2;
        return trim > 0;
    }

    private bool Comment(int open)
    {
        var end = text.IndexOf("*/", _at, StringComparison.Ordinal);
        if (end < 0) throw TemplateException.Parsing(PositionOf(open), "unclosed comment");
        _at = end + 2;
        if (text.AsSpan(_at).StartsWith("}}"))
        {
            _at += 2;
            return false;
        }

        if (!text.AsSpan(_at).StartsWith(" -}}")) throw TemplateException.Parsing(PositionOf(open), "comment ends before closing delimiter");
        _at += 4;
        return true;
    }

    private void Next()
    {
        var start = _at;
        var c = text[_at];
        switch (c)
        {
            case ' ' or '\t' or '\r' or '\n':
                while (_at < text.Length && char.IsWhiteSpace(text[_at]) && !text.AsSpan(_at + 1).StartsWith("-}}")) _at++;
                Add(TokenKind.Space, " ", start, _at - start);
                return;
            case '|': One(TokenKind.Pipe); return;
            case '(': One(TokenKind.LeftParenthesis); return;
            case ')': One(TokenKind.RightParenthesis); return;
            case ',': One(TokenKind.Comma); return;
            case '=': One(TokenKind.Assign); return;
            case ':' when text.AsSpan(_at).StartsWith(":="):
                _at += 2;
                Add(TokenKind.Declare, ":=", start, 2);
                return;
            case '"': Quoted(); return;
            case '`': Raw(); return;
            case '\'': Character(); return;
            case '$': Name(TokenKind.Variable, 1); return;
            case '.' when _at + 1 < text.Length && IsLetter(text[_at + 1]): Name(TokenKind.Field, 1); return;
            case '.' when _at + 1 >= text.Length || !char.IsAsciiDigit(text[_at + 1]): One(TokenKind.Dot); return;
        }

        if (char.IsAsciiDigit(c) || c is '.' or '+' or '-') Number();
        else if (IsLetter(c)) Name(TokenKind.Identifier, 0);
        else throw TemplateException.Parsing(PositionOf(start), $"unexpected {GoText.Quote(c.ToString())} in command");
    }

    private void One(TokenKind kind) => Add(kind, text[_at].ToString(), _at++, 1);

    private void Name(TokenKind kind, int mark)
    {
        var start = _at;
        _at += mark;
        while (_at < text.Length && (IsLetter(text[_at]) || char.IsDigit(text[_at]))) _at++;
        _tokens.Add(new Token(kind, text[(start + mark).._at], PositionOf(start), text[start.._at]));
    }

    private void Number()
    {
        var start = _at++;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '.' or '_')) _at++;
        var digits = text[start.._at];
        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out _) && !digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            throw TemplateException.Parsing(PositionOf(start), $"bad number syntax: {GoText.Quote(digits)}");
        Add(TokenKind.Number, digits, start, _at - start);
    }

    private void Quoted()
    {
        var start = _at++;
        while (_at < text.Length && text[_at] is not '"' and not '\n') _at += text[_at] is '\\' ? 2 : 1;
        if (_at >= text.Length || text[_at] is '\n') throw TemplateException.Parsing(PositionOf(start), "unterminated quoted string");
        _at++;
        var value = GoText.Unquote(text.AsSpan(start + 1, _at - start - 2))
            ?? throw TemplateException.Parsing(PositionOf(start), $"invalid syntax: {text[start.._at]}");
        _tokens.Add(new Token(TokenKind.String, value, PositionOf(start), text[start.._at]));
    }

    private void Raw()
    {
        var start = _at;
        var end = text.IndexOf('`', start + 1);
        if (end < 0) throw TemplateException.Parsing(PositionOf(start), "unterminated raw quoted string");
        _at = end + 1;
        _tokens.Add(new Token(TokenKind.String, text[(start + 1)..end], PositionOf(start), text[start.._at]));
    }

    private void Character()
    {
        var start = _at++;
        while (_at < text.Length && text[_at] is not '\'' and not '\n') _at += text[_at] is '\\' ? 2 : 1;
        var inside = _at < text.Length ? GoText.Unquote(text.AsSpan(start + 1, _at - start - 1)) : null;
        if (inside is null || inside.EnumerateRunes().Count() is not 1)
            throw TemplateException.Parsing(PositionOf(start), "unterminated character constant");
        _at++;
        _tokens.Add(new Token(TokenKind.Character, inside.EnumerateRunes().First().Value.ToString(CultureInfo.InvariantCulture), PositionOf(start), text[start.._at]));
    }

    private void Add(TokenKind kind, string value, int start, int length) =>
        _tokens.Add(new Token(kind, value, PositionOf(start), text.Substring(Math.Min(start, text.Length), Math.Min(length, text.Length - start))));

    private Position PositionOf(int offset)
    {
        var before = text.AsSpan(0, offset);
        var newline = before.LastIndexOf('\n');
        return new Position(before.Count('\n') + 1, Encoding.UTF8.GetByteCount(before[(newline + 1)..]));
    }

    private static bool IsLetter(char c) => c is '_' || char.IsLetter(c);
}
