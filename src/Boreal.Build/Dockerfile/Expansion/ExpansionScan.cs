using System.Text;

namespace Boreal.Build.Dockerfile.Expansion;

/// <summary>One pass over one word. Errors are <see cref="FormatException"/>s in BuildKit's words.</summary>
internal sealed partial class ExpansionScan(string source, char escape, ExpansionRules rules, IVariables variables)
{
    private const char End = '\uffff';
    private const int DeepestNesting = 64;
    private const int LongestResult = 1 << 20;

    private readonly WordCollector _words = new();
    private readonly OrderedDictionary<string, bool> _asked = [];
    private int _position;
    private int _depth;

    public IReadOnlyList<string> Words { get; private set; } = [];

    public IReadOnlyList<string> Matched => [.. _asked.Where(name => name.Value).Select(name => name.Key)];

    public IReadOnlyList<string> Unmatched => [.. _asked.Where(name => !name.Value).Select(name => name.Key)];

    private bool AtEnd => _position >= source.Length;

    private char Next => AtEnd ? End : source[_position];

    private bool KeepsQuotes => rules.HasFlag(ExpansionRules.KeepQuotes);

    public string ReadAll()
    {
        var text = ReadUntil(null, rules.HasFlag(ExpansionRules.KeepEscapes), _words);
        Words = _words.Finish();
        return text;
    }

    private char Take() => AtEnd ? End : source[_position++];

    private string ReadUntil(char? stop, bool keepEscapes, WordCollector? words = null)
    {
        if (++_depth > DeepestNesting) throw new FormatException($"substitutions nested deeper than {DeepestNesting}");
        var result = new StringBuilder();
        while (!AtEnd)
        {
            if (Next == stop)
            {
                _position++;
                _depth--;
                return result.ToString();
            }
            ReadOne(result, keepEscapes, words);
            if (result.Length > LongestResult) throw new FormatException($"the result is longer than {LongestResult} characters");
        }
        if (stop is { } missing) throw new FormatException($"unexpected end of statement while looking for matching {missing}");
        _depth--;
        return result.ToString();
    }

    private void ReadOne(StringBuilder result, bool keepEscapes, WordCollector? words)
    {
        var quotes = !rules.HasFlag(ExpansionRules.PlainQuotes);
        switch (Next)
        {
            case '$':
                var value = ReadVariable(keepEscapes);
                result.Append(value);
                words?.AddSplitting(value);
                return;
            case '<':
                Whole(ReadAngle());
                return;
            case '\'' when quotes:
                Whole(ReadSingleQuoted());
                return;
            case '"' when quotes:
                Whole(ReadDoubleQuoted(keepEscapes));
                return;
        }

        var letter = Take();
        if (letter != escape)
        {
            result.Append(letter);
            words?.AddSplitting(letter);
            return;
        }
        if (keepEscapes) Whole(letter.ToString());
        if (!AtEnd) Whole(Take().ToString());

        void Whole(string text)
        {
            result.Append(text);
            words?.AddWhole(text);
        }
    }

    // Blanks between << and the name belong to the word: it is how a heredoc may be written.
    private string ReadAngle()
    {
        _position++;
        if (Next != '<') return "<";
        var start = _position++;
        while (Next is ' ' or '\t' or '\r')
            _position++;
        return "<" + source[start.._position];
    }

    private string ReadSingleQuoted()
    {
        var close = source.IndexOf('\'', _position + 1);
        if (close < 0)
        {
            _position = source.Length;
            throw new FormatException("unexpected end of statement while looking for matching single-quote");
        }
        var text = KeepsQuotes ? source[_position..(close + 1)] : source[(_position + 1)..close];
        _position = close + 1;
        return text;
    }

    private string ReadDoubleQuoted(bool keepEscapes)
    {
        var result = new StringBuilder();
        var quote = Take();
        if (KeepsQuotes) result.Append(quote);
        while (!AtEnd)
        {
            if (Next == '"')
            {
                _position++;
                if (KeepsQuotes) result.Append('"');
                return result.ToString();
            }
            if (Next == '$') result.Append(ReadVariable(keepEscapes));
            else ReadQuotedLetter(result, keepEscapes);
        }
        throw new FormatException("unexpected end of statement while looking for matching double-quote");
    }

    // Inside double quotes only a quote, a dollar and the escape itself can be escaped.
    private void ReadQuotedLetter(StringBuilder result, bool keepEscapes)
    {
        var letter = Take();
        if (letter == escape)
        {
            if (keepEscapes) result.Append(letter);
            if (AtEnd) return;
            if (Next is '"' or '$' || Next == escape) letter = Take();
        }
        result.Append(letter);
    }
}
