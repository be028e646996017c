namespace Boreal.Compose.Yaml;

/// <summary>A value of a compose file that knows where it came from.</summary>
internal abstract class Node(SourcePosition position)
{
    public SourcePosition Position { get; } = position;

    public Directive Directive { get; init; }

    /// <summary>What this is, for messages: <c>a list</c>.</summary>
    public abstract string What { get; }

    public bool IsNull => this is ScalarNode { Kind: ScalarKind.Null };

    /// <summary>A copy that shares nothing that can change.</summary>
    public abstract Node Copy();

    /// <summary>The same value with another directive.</summary>
    public Node With(Directive directive) => this switch
    {
        MappingNode mapping => mapping.CopyAs(directive),
        SequenceNode list => new SequenceNode(list.Position, list.Items.Select(item => item.Copy())) { Directive = directive },
        ScalarNode scalar => new ScalarNode(scalar.Value, scalar.Kind, scalar.Position) { Directive = directive },
        _ => this,
    };

    /// <summary>The text of a scalar that isn't null.</summary>
    public string? Text => this is ScalarNode { Kind: not ScalarKind.Null } scalar ? scalar.Value : null;

    /// <summary>Whether both hold the same values, whatever their files, orders and styles.</summary>
    public static bool Same(Node? left, Node? right) => (left, right) switch
    {
        (null, null) => true,
        (ScalarNode one, ScalarNode other) => one.Kind == other.Kind && one.Value == other.Value,
        (SequenceNode one, SequenceNode other) => one.Items.Count == other.Items.Count && one.Items.Zip(other.Items).All(pair => Same(pair.First, pair.Second)),
        (MappingNode one, MappingNode other) => one.Count == other.Count && one.Entries.All(entry => other.Get(entry.Key) is { } value && Same(entry.Value, value)),
        _ => false,
    };
}
