namespace Boreal.Cli.Templates.Nodes;

/// <summary>Commands joined by <c>|</c>; the last value may be given to variables.</summary>
internal sealed record Pipeline(Position At, IReadOnlyList<string> Variables, bool Declares, IReadOnlyList<Command> Commands);

/// <summary>A first operand with its arguments.</summary>
internal sealed record Command(IReadOnlyList<Expression> Parts);
