namespace Boreal.Cli.Templates;

/// <summary>One piece of a template. <paramref name="Value"/> is unquoted text for strings and a name without its mark for fields and variables.</summary>
internal readonly record struct Token(TokenKind Kind, string Value, Position At, string Source);
