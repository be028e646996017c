using Boreal.Compose.Canonical;
using Boreal.Compose.Schema;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Merging;

/// <summary>Lets the last of several items of a list that mean the same thing stand at the place of the first.</summary>
internal static class Uniqueness
{
    public static void Apply(Node node, Shape shape, string path = "")
    {
        if (node is not MappingNode mapping) return;
        if (shape.Fields is { } fields)
        {
            foreach (var field in fields)
            {
                if (mapping.Get(field.Name) is not { } value) continue;
                var key = path.Length is 0 ? field.Name : $"{path}.{field.Name}";
                if (field.Unique is not UniqueBy.Nothing && value is SequenceNode list) mapping.Set(field.Name, Distinct(list, field.Unique, key));
                else Apply(value, field.Shape, key);
            }
        }
        else if (shape.Values is { } values)
        {
            foreach (var (key, value) in mapping.Entries) Apply(value, values, $"{path}.{key}");
        }
    }

    private static SequenceNode Distinct(SequenceNode list, UniqueBy rule, string path)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var distinct = new SequenceNode(list.Position);
        foreach (var item in list.Items)
        {
            var key = Key(item, rule, path) ?? "";
            if (places.TryGetValue(key, out var place)) distinct.Items[place] = item;
            else
            {
                places[key] = distinct.Items.Count;
                distinct.Items.Add(item);
            }
        }

        return distinct;
    }

    private static string? Key(Node item, UniqueBy rule, string path)
    {
        try
        {
            return Key(item, rule);
        }
        catch (ComposeException problem)
        {
            throw problem.At(path);
        }
    }

    private static string? Key(Node item, UniqueBy rule) => rule switch
    {
        UniqueBy.Key => item.Text?.Split('=', 2)[0],
        UniqueBy.Value => item.Text,
        UniqueBy.VolumeTarget => ShortVolume.TargetOf(item) ?? throw new ComposeException(item.Position, "a volume needs the key target: add it"),
        UniqueBy.DeviceTarget => DeviceTarget(item),
        UniqueBy.ConfigTarget => MountTarget(item, ""),
        UniqueBy.SecretTarget => MountTarget(item, "/run/secrets"),
        UniqueBy.FilePath => item.Text ?? (item as MappingNode)?.TextOf("path"),
        UniqueBy.Port => PortKey(item),
        _ => null,
    };

    private static string? DeviceTarget(Node item) => item is MappingNode mapping
        ? mapping.TextOf("target") ?? mapping.TextOf("source")
        : item.Text?.Split(':') is [_, var target, ..] ? target : item.Text;

    private static string MountTarget(Node item, string folder) =>
        item is MappingNode mapping ? mapping.TextOf("target") ?? $"{folder}/{mapping.TextOf("source")}" : $"{folder}/{item.Text}";

    private static string? PortKey(Node item)
    {
        if (item is not MappingNode port) return item.Text;
        var target = port.TextOf("target") ?? throw new ComposeException(port.Position, "a port needs the key target: add the container's port");
        return $"{port.TextOf("host_ip") ?? "0.0.0.0"}:{port.TextOf("published")}:{target}/{port.TextOf("protocol") ?? "tcp"}";
    }
}
