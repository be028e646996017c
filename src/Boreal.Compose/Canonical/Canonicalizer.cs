using Boreal.Compose.Schema;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Canonical;

/// <summary>Brings every short form into its long one.</summary>
internal static class Canonicalizer
{
    /// <param name="node">Changed in place where it is a mapping or a list.</param>
    /// <param name="shape">What the node may look like.</param>
    /// <param name="leavesUnreadable">Whether a short form that can't be read stays as it is: one with variables that aren't filled in.</param>
    public static void Apply(Node node, Shape shape, bool leavesUnreadable)
    {
        switch (node)
        {
            case MappingNode mapping when shape.Fields is { } fields:
                foreach (var field in fields)
                {
                    if (mapping.Get(field.Name) is not { } value) continue;
                    mapping.Set(field.Name, value = Expand(field, value, leavesUnreadable));
                    Apply(value, field.Shape, leavesUnreadable);
                }

                AdoptExternalName(mapping, shape);
                break;
            case MappingNode mapping when shape.Values is { } values:
                foreach (var (_, value) in mapping.Entries.ToList()) Apply(value, values, leavesUnreadable);
                break;
            case SequenceNode list when shape.Items is { } items:
                foreach (var item in list.Items) Apply(item, items, leavesUnreadable);
                break;
        }
    }

    private static Node Expand(Field field, Node value, bool leavesUnreadable)
    {
        if (field.Expand is null || value.IsNull) return value;
        if (!leavesUnreadable) return field.Expand(value);
        try
        {
            return field.Expand(value.Copy());
        }
        catch (ComposeException)
        {
            // Not an error yet: the text may make sense once its variables are known.
            return value;
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
