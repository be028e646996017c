using Boreal.Compose.Yaml;

namespace Boreal.Compose.Canonical;

/// <summary>Short forms of the items of lists: secrets, configs, devices, environment files.</summary>
internal static class ShortMounts
{
    public static Node Files(Node value) => Each(value, (text, position) => Mapping(position, ("source", text)));

    public static Node Volumes(Node value) => Each(value, ShortVolume.Parse);

    /// <summary><c>host[:container[:permissions]]</c>.</summary>
    public static Node Devices(Node value) => Each(value, (text, position) => text.Split(':') switch
    {
        [var both] => Mapping(position, ("source", both), ("target", both), ("permissions", "rwm")),
        [var source, var target] => Mapping(position, ("source", source), ("target", target.Length > 0 ? target : source), ("permissions", "rwm")),
        [var source, var target, var permissions] => Mapping(position, ("source", source), ("target", target.Length > 0 ? target : source), ("permissions", permissions)),
        _ => throw new ComposeException(position, $"device \"{text}\" has too many colons: write HOST[:CONTAINER[:PERMISSIONS]], or the long form with source, target and permissions"),
    });

    public static Node EnvironmentFiles(Node value)
    {
        var files = Each(ShortKeys.List(value), (text, position) => Mapping(position, ("path", text)));
        if (files is not SequenceNode list) return files;
        foreach (var file in list.Items.OfType<MappingNode>()) file.TryAdd("required", ScalarNode.Of(true));
        return list;
    }

    public static Node Gpus(Node value)
    {
        if (value.Text is null) return value;
        return new SequenceNode(value.Position, [Mapping(value.Position, ("count", "all"))]);
    }

    private static Node Each(Node value, Func<string, SourcePosition, Node> expand)
    {
        if (value is not SequenceNode list) return value;
        for (var at = 0; at < list.Items.Count; at++)
        {
            if (list.Items[at].Text is { } text) list.Items[at] = expand(text, list.Items[at].Position);
        }

        return list;
    }

    private static MappingNode Mapping(SourcePosition position, params ReadOnlySpan<(string Key, string Value)> entries)
    {
        var mapping = new MappingNode(position);
        foreach (var (key, value) in entries) mapping.Set(key, ScalarNode.Of(value, position), position);
        return mapping;
    }
}
