using Boreal.Compose.Yaml;

namespace Boreal.Compose.Interpolation;

/// <summary>Fills in the variables of all values of a tree; keys stay as they are.</summary>
internal sealed class Interpolator(Func<string, string?> lookup, Action<string>? unset)
{
    /// <returns>The same tree with other scalars, or another scalar.</returns>
    public Node Apply(Node node) => Apply(node, "");

    private Node Apply(Node node, string path)
    {
        switch (node)
        {
            case ScalarNode { Kind: ScalarKind.Text } scalar: return Substitute(scalar, path);
            case MappingNode mapping:
                foreach (var (key, value) in mapping.Entries.ToList()) mapping.Set(key, Apply(value, path.Length is 0 ? key : $"{path}.{key}"));
                break;
            case SequenceNode list:
                for (var at = 0; at < list.Items.Count; at++) list.Items[at] = Apply(list.Items[at], $"{path}[{at}]");
                break;
        }

        return node;
    }

    private ScalarNode Substitute(ScalarNode scalar, string path)
    {
        try
        {
            var text = Template.Substitute(scalar.Value, lookup, unset);
            return text == scalar.Value ? scalar : new ScalarNode(text, ScalarKind.Text, scalar.Position) { Directive = scalar.Directive };
        }
        catch (FormatException exception)
        {
            throw new ComposeException(scalar.Position, $"{path}: {exception.Message}", exception);
        }
    }
}
