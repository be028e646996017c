using Boreal.Compose.Schema;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Canonical;

/// <summary>Brings every short form into its long one.</summary>
internal static class Canonicalizer
{
    /// <param name="node">Changed in place where it is a mapping or a list.</param>
    /// <param name="shape">What the node may look like.</param>
    /// <param name="leavesUnreadable">Whether a short form that can't be read stays as it is: one with variables that aren't filled in.</param>
    /// <param name="path">The keys that lead to the node, for messages.</param>
    public static void Apply(Node node, Shape shape, bool leavesUnreadable, string path = "")
    {
        switch (node)
        {
            case MappingNode mapping when shape.Fields is { } fields:
                foreach (var field in fields)
                {
                    if (mapping.Get(field.Name) is not { } value) continue;
                    var key = path.Length is 0 ? field.Name : $"{path}.{field.Name}";
                    mapping.Set(field.Name, value = Expand(field, value, leavesUnreadable, key));
                    Apply(value, field.Shape, leavesUnreadable, key);
                }

                AdoptExternalName(mapping, shape);
                break;
            case MappingNode mapping when shape.Values is { } values:
                foreach (var (key, value) in mapping.Entries.ToList()) Apply(value, values, leavesUnreadable, $"{path}.{key}");
                break;
            case SequenceNode list when shape.Items is { } items:
                for (var at = 0; at < list.Items.Count; at++) Apply(list.Items[at], items, leavesUnreadable, $"{path}[{at}]");
                break;
        }
    }

    private static Node Expand(Field field, Node value, bool leavesUnreadable, string path)
    {
        if (field.Expand is null || value.IsNull) return value;
        try
        {
            return field.Expand(value.Copy());
        }
        catch (ComposeException) when (leavesUnreadable)
        {
            // Not an error yet: the text may make sense once its variables are known.
            return value;
        }
        catch (ComposeException problem)
        {
            throw problem.At(path);
        }
    }

    /// <summary><c>external: {name: x}</c> is the older way to write <c>external: true</c> and <c>name: x</c>.</summary>
    private static void AdoptExternalName(MappingNode mapping, Shape shape)
    {
        if (shape.Find("external") is null || mapping.Get("external") is not MappingNode external) return;
        mapping.Set("external", ScalarNode.Of(true, external.Position));
        if (external.TextOf("name") is not { } name) return;
        if (mapping.TextOf("name") is { } own && own != name)
            throw new ComposeException(external.Position, $"name \"{own}\" and external.name \"{name}\" differ: keep name, and write external: true");
        mapping.Set("name", ScalarNode.Of(name, external.Position));
    }
}
