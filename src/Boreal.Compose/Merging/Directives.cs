using Boreal.Compose.Yaml;

namespace Boreal.Compose.Merging;

/// <summary>Carries out <c>!reset</c> and <c>!override</c>.</summary>
internal static class Directives
{
    /// <summary>Takes out of <paramref name="model"/> what <paramref name="file"/> resets or overrides.</summary>
    public static void Apply(MappingNode model, MappingNode file)
    {
        foreach (var (key, value) in file.Entries)
        {
            if (value.Directive is not Directive.None) model.Remove(key);
            else if (value is MappingNode inner && model.Get(key) is MappingNode other) Apply(other, inner);
        }
    }

    /// <summary>Takes the reset keys out of the file itself, once they have had their effect.</summary>
    public static void RemoveResets(Node node)
    {
        if (node is SequenceNode list)
        {
            foreach (var item in list.Items) RemoveResets(item);
        }

        if (node is not MappingNode mapping) return;
        foreach (var (key, value) in mapping.Entries.ToList())
        {
            if (value.Directive is Directive.Reset) mapping.Remove(key);
            else RemoveResets(value);
        }
    }
}
