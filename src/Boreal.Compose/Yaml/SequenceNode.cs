namespace Boreal.Compose.Yaml;

/// <summary>A list.</summary>
internal sealed class SequenceNode(SourcePosition position) : Node(position)
{
    public SequenceNode(SourcePosition position, IEnumerable<Node> items)
        : this(position) => Items.AddRange(items);

    public List<Node> Items { get; } = [];

    public override string What => "a list";

    public override Node Copy() => new SequenceNode(Position, Items.Select(item => item.Copy())) { Directive = Directive };
}
