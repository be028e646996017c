using Boreal.Cli.Templates.Values;

namespace Boreal.Cli.Templates.Nodes;

/// <summary>An operand. <paramref name="Source"/> is its text, for messages.</summary>
internal abstract record Expression(Position At, string Source);

internal sealed record DotExpression(Position At) : Expression(At, ".");

internal sealed record ConstantExpression(Position At, string Source, Value Value) : Expression(At, Source);

internal sealed record FunctionExpression(Position At, string Name) : Expression(At, Name);

/// <summary><c>.A.B</c>, <c>$x.A</c> or <c>(…).A</c>: names looked up one after the other, starting at the subject.</summary>
internal sealed record FieldExpression(Position At, string Source, Expression Subject, IReadOnlyList<string> Names) : Expression(At, Source);

internal sealed record VariableExpression(Position At, string Name) : Expression(At, "$" + Name);

internal sealed record PipelineExpression(Position At, Pipeline Pipeline) : Expression(At, "(…)");
