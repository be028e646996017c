namespace Boreal.BuildWire.Ignore;

/// <summary>Reads one pattern.</summary>
internal sealed class PatternReader
{
    private readonly string _text;
    private readonly List<PatternToken> _tokens = [];
    private PatternShape _shape = PatternShape.Exact;
    private int _position;

    private PatternReader(string text) => _text = text;

    /// <exception cref="FormatException">A set is not closed or empty, or the pattern ends in an escape.</exception>
    public static (PatternShape Shape, IReadOnlyList<PatternToken> Tokens) Read(string text)
    {
        var reader = new PatternReader(text);
        while (reader._position < text.Length)
            reader.ReadToken();
        return (reader._shape, reader._tokens);
    }

    private void ReadToken()
    {
        var start = _position;
        var letter = _text[_position++];
        switch (letter)
        {
            case '*' when _position < _text.Length && _text[_position] == '*':
                ReadFolders(start);
                return;
            case '*':
                Add(new PatternToken.NamePart());
                return;
            case '?':
                Add(new PatternToken.AnyLetter());
                return;
            case '[':
                Add(ReadSet());
                return;
            case '\\':
                Add(new PatternToken.Letter(_position < _text.Length ? _text[_position++] : throw Malformed()));
                return;
            default:
                _tokens.Add(new PatternToken.Letter(letter));
                return;
        }
    }

    private void ReadFolders(int start)
    {
        _position++;
        if (_position < _text.Length && _text[_position] == '/') _position++;
        if (_position < _text.Length)
        {
            Add(new PatternToken.Folders());
            _tokens.Add(new PatternToken.WithinFolders());
        }
        else if (_shape == PatternShape.Exact)
        {
            _shape = PatternShape.Prefix;
        }
        else
        {
            Add(new PatternToken.Everything());
        }
        if (start == 0) _shape = PatternShape.Suffix;
    }

    private PatternToken.OneOf ReadSet()
    {
        var isNegated = _position < _text.Length && _text[_position] == '^';
        if (isNegated) _position++;
        var ranges = new List<(char From, char To)>();
        while (_position < _text.Length && (_text[_position] != ']' || ranges.Count == 0))
        {
            var from = ReadSetLetter();
            var to = from;
            if (_position < _text.Length && _text[_position] == '-')
            {
                _position++;
                to = ReadSetLetter();
            }
            ranges.Add((from, to));
        }
        if (_position++ >= _text.Length) throw Malformed();
        return new PatternToken.OneOf(ranges, isNegated);
    }

    private char ReadSetLetter()
    {
        if (_position >= _text.Length || _text[_position] is '-' or ']') throw Malformed();
        var letter = _text[_position++];
        if (letter != '\\') return letter;
        return _position < _text.Length ? _text[_position++] : throw Malformed();
    }

    private void Add(PatternToken token)
    {
        _tokens.Add(token);
        _shape = PatternShape.Tokens;
    }

    private static FormatException Malformed() => new("syntax error in pattern");
}
