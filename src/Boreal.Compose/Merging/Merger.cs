using Boreal.Compose.Canonical;
using Boreal.Compose.Schema;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Merging;

/// <summary>Lays one tree over another by the rules of their shape.</summary>
internal static class Merger
{
    /// <summary>Merges <paramref name="over"/> into <paramref name="model"/>, which is changed.</summary>
    public static void Merge(MappingNode model, MappingNode over, Shape shape, string path = "")
    {
        foreach (var (key, value) in over.Entries)
        {
            var name = path.Length is 0 ? key : $"{path}.{key}";
            if (model.Get(key) is not { } existing || key.StartsWith("x-", StringComparison.Ordinal)) model.Set(key, value, over.KeyPosition(key));
            else if (shape.Fields is not null) model.Set(key, Merge(existing, value, shape.Find(key), name), over.KeyPosition(key));
            else model.Set(key, Ordinary(existing, value, shape.Values, name), over.KeyPosition(key));
        }
    }

    private static Node Merge(Node model, Node over, Field? field, string path) => field?.Merge switch
    {
        MergeRule.Replace => over,
        MergeRule.Sequence => Append(Sequence(model), Sequence(over)),
        MergeRule.DistinctSequence => Append(Sequence(model), Without(Sequence(over), Sequence(model))),
        MergeRule.Build when !over.IsNull => Mappings(ShortKeys.Build(model), ShortKeys.Build(over), field.Shape, path),
        MergeRule.Dependencies when !over.IsNull => Mappings(ShortKeys.Dependencies(model), ListedDependencies(over), field.Shape, path),
        MergeRule.Networks when !over.IsNull => Mappings(ShortKeys.Networks(model), ShortKeys.Networks(over), field.Shape, path),
        MergeRule.Logging when model is MappingNode mapping && over is MappingNode other && HaveDifferentDrivers(mapping, other) => over,
        MergeRule.Pools when model is SequenceNode list && over is SequenceNode other => PoolMerger.Merge(list, other, field.Shape.Items ?? field.Shape),
        _ => Ordinary(model, over, field?.Shape, path),
    };

    private static Node Ordinary(Node model, Node over, Shape? shape, string path)
    {
        if (shape?.Printing is Printing.Ulimit) return over;
        if (over.IsNull) return model;
        return (model, over) switch
        {
            (MappingNode, MappingNode) => Mappings(model, over, shape, path),
            (SequenceNode list, SequenceNode other) => Append(list, other),
            (MappingNode, _) or (SequenceNode, _) => throw Incompatible(model, over, path),
            _ => over,
        };
    }

    private static MappingNode Mappings(Node model, Node over, Shape? shape, string path)
    {
        if (model.IsNull && over is MappingNode only) return only;
        if (model is not MappingNode mapping || over is not MappingNode other) throw Incompatible(model, over, path);
        Merge(mapping, other, shape ?? new Shape { IsFree = true }, path);
        return mapping;
    }

    private static ComposeException Incompatible(Node model, Node over, string path) =>
        new(over.Position, $"{path}: {over.What} can't be merged with {model.What} at {model.Position}: write both the same way, or put !override in front of this one");

    /// <summary>Only a list says the condition; a mapping changes what it mentions.</summary>
    private static Node ListedDependencies(Node over) => over is SequenceNode ? ShortKeys.Dependencies(over) : over;

    private static bool HaveDifferentDrivers(MappingNode model, MappingNode over) =>
        model.TextOf("driver") is { } mine && over.TextOf("driver") is { } theirs && mine != theirs;

    private static SequenceNode Append(SequenceNode model, SequenceNode over) => new(over.Position, [.. model.Items, .. over.Items]);

    private static SequenceNode Without(SequenceNode list, SequenceNode known) =>
        new(list.Position, list.Items.Where(item => !known.Items.Exists(other => Node.Same(item, other))));

    /// <summary>A mapping becomes <c>key=value</c>, sorted.</summary>
    private static SequenceNode Sequence(Node node) => node switch
    {
        SequenceNode list => list,
        MappingNode mapping => new SequenceNode(mapping.Position, mapping.Entries.SelectMany(Pairs).OrderBy(item => item.Value, StringComparer.Ordinal)),
        { Text: not null } => new SequenceNode(node.Position, [node]),
        _ => new SequenceNode(node.Position),
    };

    private static IEnumerable<ScalarNode> Pairs(KeyValuePair<string, Node> entry) => entry.Value switch
    {
        SequenceNode values => values.Items.Select(value => ScalarNode.Of($"{entry.Key}={value.Text}", value.Position)),
        { Text: { } text } value => [ScalarNode.Of($"{entry.Key}={text}", value.Position)],
        var value => [ScalarNode.Of(entry.Key, value.Position)],
    };
}
