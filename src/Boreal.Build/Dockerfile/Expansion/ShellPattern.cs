using System.Text;

namespace Boreal.Build.Dockerfile.Expansion;

/// <summary>A pattern of <c>*</c>, <c>?</c> and letters. Neither wildcard matches a line's end.</summary>
internal sealed class ShellPattern
{
    private const long MostWork = 1L << 26;
    private readonly IReadOnlyList<Token> _tokens;

    private ShellPattern(IReadOnlyList<Token> tokens) => _tokens = tokens;

    private enum Kind
    {
        Letter,
        Any,
        AnyRun,
    }

    /// <exception cref="FormatException">An escape has nothing to escape.</exception>
    public static ShellPattern Parse(string pattern)
    {
        var tokens = new List<Token>();
        for (var i = 0; i < pattern.Length; i++)
        {
            var letter = pattern[i];
            if (letter == '\\')
            {
                var next = i + 1 < pattern.Length ? pattern[i + 1] : '\uffff';
                // The escape of } and / belongs to the ${} around the pattern.
                if (next is '}' or '/') continue;
                if (next is not ('*' or '?' or '\\')) throw new FormatException($"invalid pattern ({pattern}) in substitution: invalid escape '\\{next}'");
                tokens.Add(new Token(Kind.Letter, next));
                i++;
            }
            else
            {
                tokens.Add(letter switch
                {
                    '*' => new Token(Kind.AnyRun, letter),
                    '?' => new Token(Kind.Any, letter),
                    _ => new Token(Kind.Letter, letter),
                });
            }
        }
        return new ShellPattern(tokens);
    }

    public string TrimStart(string value, bool longest)
    {
        var work = MostWork;
        return Match(value, 0, longest, ref work) is { } end ? value[end..] : value;
    }

    public string TrimEnd(string value, bool longest)
    {
        var reversed = new ShellPattern([.. _tokens.Reverse()]);
        return Reverse(reversed.TrimStart(Reverse(value), longest));
    }

    public string Replace(string value, string replacement, bool all)
    {
        var result = new StringBuilder();
        var position = 0;
        var previousEnd = -1;
        var work = MostWork;
        while (position <= value.Length)
        {
            var end = Match(value, position, longest: true, ref work);
            // An empty match right behind a match is none: Go's rule for replacing all.
            if (end is { } found && (found > position || position != previousEnd))
            {
                result.Append(replacement);
                if (result.Length > MostWork) throw TooLong();
                previousEnd = found;
                if (!all) return result.Append(value, found, value.Length - found).ToString();
                if (found > position)
                {
                    position = found;
                    continue;
                }
            }
            if (position < value.Length) result.Append(value[position]);
            position++;
        }
        return result.ToString();
    }

    // All ways through the pattern at once, so that no pattern is slow: where a match from start ends, or null.
    private int? Match(string value, int start, bool longest, ref long work)
    {
        var alive = new bool[_tokens.Count + 1];
        var next = new bool[_tokens.Count + 1];
        Reach(alive, 0);
        int? end = null;
        for (var position = start; ; position++)
        {
            if ((work -= alive.Length) < 0) throw TooLong();
            if (alive[^1])
            {
                end = position;
                if (!longest) return end;
            }
            if (position == value.Length || !Step(alive, next, value[position])) return end;
            (alive, next) = (next, alive);
        }
    }

    private bool Step(bool[] alive, bool[] next, char letter)
    {
        Array.Clear(next);
        var any = false;
        for (var i = 0; i < _tokens.Count; i++)
        {
            if (!alive[i] || !_tokens[i].Takes(letter)) continue;
            Reach(next, _tokens[i].Kind == Kind.AnyRun ? i : i + 1);
            any = true;
        }
        return any;
    }

    private void Reach(bool[] states, int state)
    {
        states[state] = true;
        while (state < _tokens.Count && _tokens[state].Kind == Kind.AnyRun)
            states[++state] = true;
    }

    private static string Reverse(string text)
    {
        var letters = text.ToCharArray();
        Array.Reverse(letters);
        return new string(letters);
    }

    private static FormatException TooLong() => new("the value is too long for the pattern in its substitution");

    private readonly record struct Token(Kind Kind, char Letter)
    {
        public bool Takes(char letter) => Kind == Kind.Letter ? letter == Letter : letter != '\n';
    }
}
