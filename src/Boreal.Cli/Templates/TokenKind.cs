namespace Boreal.Cli.Templates;

internal enum TokenKind
{
    Text,
    Open,
    Close,
    Field,
    Dot,
    Variable,
    Identifier,
    String,
    Number,
    Character,
    Pipe,
    LeftParenthesis,
    RightParenthesis,
    Comma,
    Assign,
    Declare,
    Space,
    End,
}
