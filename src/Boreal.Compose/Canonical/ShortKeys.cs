using Boreal.Compose.Yaml;

namespace Boreal.Compose.Canonical;

/// <summary>Short forms of keys whose long form is a mapping or a list.</summary>
internal static class ShortKeys
{
    private const string Started = "service_started";

    /// <summary>A text is the context.</summary>
    public static Node Build(Node value) => value.Text is { } context ? MappingOf(value, "context", ScalarNode.Of(context, value.Position)) : value;

    public static Node Extends(Node value) => value.Text is { } service ? MappingOf(value, "service", ScalarNode.Of(service, value.Position)) : value;

    public static Node List(Node value) => value.Text is not null ? new SequenceNode(value.Position, [value]) : value;

    public static Node ListOfNonEmpty(Node value) =>
        List(value) is SequenceNode list ? new SequenceNode(list.Position, list.Items.Where(item => item.Text is { Length: > 0 })) : value;

    /// <summary>Names of networks, joined without further wishes.</summary>
    public static Node Networks(Node value) => value is SequenceNode list ? MappingOf(list, ScalarNode.Null) : value;

    /// <summary>Names of services; what the long form leaves out is filled in.</summary>
    public static Node Dependencies(Node value)
    {
        if (value is SequenceNode list) return MappingOf(list, Dependency);
        if (value is not MappingNode mapping) return value;
        foreach (var (_, dependency) in mapping.Entries)
        {
            if (dependency is not MappingNode details) continue;
            details.TryAdd("condition", ScalarNode.Of(Started));
            details.TryAdd("required", ScalarNode.Of(true));
        }

        return mapping;
    }

    public static MappingNode Dependency(SourcePosition position)
    {
        var dependency = new MappingNode(position);
        dependency.Set("condition", ScalarNode.Of(Started, position));
        dependency.Set("required", ScalarNode.Of(true, position));
        return dependency;
    }

    /// <summary><c>default</c>, or <c>id=path</c>.</summary>
    public static Node Ssh(Node value)
    {
        if (value is not SequenceNode list) return value;
        var mapping = new MappingNode(list.Position);
        foreach (var item in list.Items)
        {
            var text = item.Text ?? "";
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 && text is not "default")
                throw new ComposeException(item.Position, $"ssh key \"{text}\" has no path: write {text}=PATH, or default for the running agent");
            mapping.Set(equals < 0 ? text : text[..equals], equals < 0 ? ScalarNode.Null(item.Position) : ScalarNode.Of(text[(equals + 1)..], item.Position), item.Position);
        }

        return mapping;
    }

    public static Node Contexts(Node value)
    {
        if (value is not SequenceNode list) return value;
        var mapping = new MappingNode(list.Position);
        foreach (var item in list.Items)
        {
            var text = item.Text ?? "";
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) throw new ComposeException(item.Position, $"additional context \"{text}\" has no value: write {text}=PATH");
            mapping.Set(text[..equals], ScalarNode.Of(text[(equals + 1)..], item.Position), item.Position);
        }

        return mapping;
    }

    /// <summary>A mapping of the names in a list.</summary>
    public static MappingNode MappingOf(SequenceNode list, Func<SourcePosition, Node> value)
    {
        var mapping = new MappingNode(list.Position);
        foreach (var item in list.Items) mapping.Set(item.Text ?? "", value(item.Position), item.Position);
        return mapping;
    }

    private static MappingNode MappingOf(Node origin, string key, Node value)
    {
        var mapping = new MappingNode(origin.Position);
        mapping.Set(key, value, origin.Position);
        return mapping;
    }
}
