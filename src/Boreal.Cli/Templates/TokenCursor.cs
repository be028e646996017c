namespace Boreal.Cli.Templates;

/// <summary>A reading position in a token list.</summary>
internal sealed class TokenCursor(IReadOnlyList<Token> tokens)
{
    private int _at;

    public Token Peek() => tokens[Math.Min(_at, tokens.Count - 1)];

    public Token Take()
    {
        var token = Peek();
        _at++;
        return token;
    }

    public Token PeekPastSpace()
    {
        while (Peek().Kind is TokenKind.Space) _at++;
        return Peek();
    }

    public Token TakePastSpace()
    {
        PeekPastSpace();
        return Take();
    }

    /// <summary>Looks ahead from here, spaces not counted.</summary>
    public Token Ahead(int count)
    {
        var at = _at;
        while (true)
        {
            while (at < tokens.Count && tokens[at].Kind is TokenKind.Space) at++;
            if (at >= tokens.Count) return tokens[^1];
            if (count-- is 0) return tokens[at];
            at++;
        }
    }
}
