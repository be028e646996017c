namespace Boreal.Registry.Access.Tokens;

/// <summary>What a client asks a token for: <c>repository:team/app:pull,push</c>.</summary>
internal sealed record TokenScope(string Type, string Name, string Actions)
{
    private const int Most = 100;

    /// <summary>Scopes come as several parameters, as one with spaces, or both. What is no scope is left out: it gets nothing.</summary>
    public static IReadOnlyList<TokenScope> Parse(IEnumerable<string?> texts) =>
    [
        .. texts
            .SelectMany(text => (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Take(Most)
            .Select(ParseOne)
            .OfType<TokenScope>(),
    ];

    /// <summary>The name may hold colons (a host's port), type and actions do not. A class in brackets behind the type is ignored.</summary>
    private static TokenScope? ParseOne(string text)
    {
        var (first, last) = (text.IndexOf(':'), text.LastIndexOf(':'));
        if (first <= 0 || last - first < 2)
            return null;
        var type = text[..first];
        var bracket = type.IndexOf('(');
        return new TokenScope(bracket > 0 && type.EndsWith(')') ? type[..bracket] : type, text[(first + 1)..last], text[(last + 1)..]);
    }
}
