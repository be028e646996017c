namespace Boreal.Build.Dockerfile.Expansion;

/// <summary><c>$name</c> and <c>${name...}</c>.</summary>
internal sealed partial class ExpansionScan
{
    private bool KeepsUnset => rules.HasFlag(ExpansionRules.KeepUnset);

    private string ReadVariable(bool keepEscapes)
    {
        _position++;
        if (Next == '{') return ReadBraced(keepEscapes);
        var name = ReadName();
        if (name.Length == 0) return "$";
        return TryGet(name, out var value) || !KeepsUnset ? value : "$" + name;
    }

    private string ReadBraced(bool keepEscapes)
    {
        _position++;
        if (AtEnd) throw MissingBrace();
        if (Next is '{' or '}' or ':') throw new FormatException("syntax error: bad substitution");
        var name = ReadName();
        if (AtEnd) throw new FormatException("unsupported modifier (\ufffd) in substitution");
        var modifier = Take();
        switch (modifier)
        {
            case '}':
                return TryGet(name, out var value) || !KeepsUnset ? value : $"${{{name}}}";
            case ':':
                modifier = Take();
                if (modifier is '#' or '%') throw new FormatException($"unsupported modifier (:{modifier}) in substitution");
                return Substitute(name, modifier, emptyIsUnset: true, ReadModifierWord(keepEscapes));
            case '+' or '-' or '?':
                return Substitute(name, modifier, emptyIsUnset: false, ReadModifierWord(keepEscapes));
            case '#' or '%':
                return Trim(name, modifier, ReadModifierWord(keepEscapes: true));
            case '/':
                return Replace(name);
            default:
                throw new FormatException($"unsupported modifier ({modifier}) in substitution");
        }
    }

    private string ReadModifierWord(bool keepEscapes) => ReadPart('}', keepEscapes, MissingBrace());

    private string ReadPart(char stop, bool keepEscapes, FormatException whenMissing)
    {
        try
        {
            return ReadUntil(stop, keepEscapes);
        }
        catch (FormatException) when (AtEnd)
        {
            throw whenMissing;
        }
    }

    private string Substitute(string name, char modifier, bool emptyIsUnset, string word)
    {
        var isSet = TryGet(name, out var value);
        var colon = emptyIsUnset ? ":" : "";
        if (!isSet && KeepsUnset) return $"${{{name}{colon}{modifier}{word}}}";
        var isMissing = !isSet || (emptyIsUnset && value.Length == 0);
        return modifier switch
        {
            '-' => isMissing ? word : value,
            '+' => isMissing ? "" : word,
            '?' when !isMissing => value,
            '?' => throw new FormatException($"{name}: {(word.Length > 0 ? word : isSet ? "is not allowed to be empty" : "is not allowed to be unset")}"),
            _ => throw new FormatException($"unsupported modifier ({colon}{modifier}) in substitution"),
        };
    }

    private string Trim(string name, char modifier, string word)
    {
        if (!TryGet(name, out var value) && KeepsUnset) return $"${{{name}{modifier}{word}}}";
        var longest = word.StartsWith(modifier);
        var pattern = ShellPattern.Parse(longest ? word[1..] : word);
        return modifier == '#' ? pattern.TrimStart(value, longest) : pattern.TrimEnd(value, longest);
    }

    private string Replace(string name)
    {
        var all = Next == '/';
        if (all) _position++;
        var pattern = ReadPart('/', keepEscapes: true, new FormatException("syntax error: missing '/' in ${}"));
        var replacement = ReadPart('}', keepEscapes: true, MissingBrace());
        if (!TryGet(name, out var value) && KeepsUnset) return $"${{{name}/{pattern}/{replacement}}}";
        return ShellPattern.Parse(pattern).Replace(value, replacement, all);
    }

    private string ReadName()
    {
        if (char.IsDigit(Next)) return TakeWhile(char.IsDigit);
        if (Next is '@' or '*' or '#' or '?' or '-' or '$' or '!' or '0') return Take().ToString();
        return TakeWhile(letter => char.IsLetterOrDigit(letter) || letter == '_');
    }

    private string TakeWhile(Func<char, bool> belongs)
    {
        var start = _position;
        while (!AtEnd && belongs(Next))
            _position++;
        return source[start.._position];
    }

    private bool TryGet(string name, out string value)
    {
        var isSet = variables.TryGet(name, out var found);
        value = found ?? "";
        _asked.TryAdd(name, isSet);
        return isSet;
    }

    private static FormatException MissingBrace() => new("syntax error: missing '}'");
}
