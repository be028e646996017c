namespace Boreal.Cli.Templates.Nodes;

/// <summary>A piece of a parsed template that writes output or steers it.</summary>
internal abstract record Node(Position At);

internal sealed record TextNode(Position At, string Text) : Node(At);

internal sealed record ActionNode(Position At, Pipeline Pipeline) : Node(At);

internal sealed record IfNode(Position At, Pipeline Condition, IReadOnlyList<Node> Then, IReadOnlyList<Node> Otherwise) : Node(At);

internal sealed record WithNode(Position At, Pipeline Subject, IReadOnlyList<Node> Then, IReadOnlyList<Node> Otherwise) : Node(At);

internal sealed record RangeNode(Position At, Pipeline Items, IReadOnlyList<Node> Each, IReadOnlyList<Node> Otherwise) : Node(At);

internal sealed record BreakNode(Position At) : Node(At);

internal sealed record ContinueNode(Position At) : Node(At);
