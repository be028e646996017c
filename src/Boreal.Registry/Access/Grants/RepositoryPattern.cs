namespace Boreal.Registry.Access.Grants;

/// <summary>Repository names: <c>*</c> is any text within one part of the path, <c>**</c> any number of whole parts, at least one.</summary>
internal readonly record struct RepositoryPattern
{
    private const string AnyParts = "**";
    private const int Longest = 255;

    private readonly string? _text;

    private RepositoryPattern(string text) => _text = text;

    public static RepositoryPattern Everything { get; } = new(AnyParts);

    public string Text => _text ?? "";

    /// <exception cref="FormatException">The text can match no repository.</exception>
    public static RepositoryPattern Parse(string text)
    {
        if (text.Length is 0 or > Longest || !text.All(IsAllowed))
            throw new FormatException($"'{text}' is no repository pattern: lower case names with / between parts, * and ** for any");
        foreach (var part in text.Split('/'))
        {
            if (part.Length == 0 || (part.Contains(AnyParts, StringComparison.Ordinal) && part != AnyParts))
                throw new FormatException($"'{text}' is no repository pattern: ** stands for whole parts, and no part is empty");
        }
        return new RepositoryPattern(text);
    }

    public bool Matches(string repository) => MatchesParts(Text, repository);

    public override string ToString() => Text;

    private static bool IsAllowed(char letter) =>
        char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '/' or '.' or '_' or '-' or '*';

    private static bool MatchesParts(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        var part = Cut(ref pattern, out var isLast);
        if (part is AnyParts)
        {
            if (isLast)
                return !name.IsEmpty;
            while (!name.IsEmpty)
            {
                Cut(ref name, out _);
                if (MatchesParts(pattern, name))
                    return true;
            }
            return false;
        }
        if (name.IsEmpty)
            return false;
        var own = Cut(ref name, out var isLastOwn);
        return MatchesText(part, own) && (isLast ? isLastOwn : MatchesParts(pattern, name));
    }

    private static ReadOnlySpan<char> Cut(ref ReadOnlySpan<char> path, out bool isLast)
    {
        var slash = path.IndexOf('/');
        isLast = slash < 0;
        var part = isLast ? path : path[..slash];
        path = isLast ? [] : path[(slash + 1)..];
        return part;
    }

    /// <summary>Goes back to the last star only, so the work is bounded by the product of the lengths.</summary>
    private static bool MatchesText(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var (at, star, resume, i) = (0, -1, 0, 0);
        while (i < text.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
                (star, resume) = (at++, i);
            else if (at < pattern.Length && pattern[at] == text[i])
                (at, i) = (at + 1, i + 1);
            else if (star >= 0)
                (at, i) = (star + 1, ++resume);
            else
                return false;
        }
        return pattern[at..].Trim('*').IsEmpty;
    }
}
