using Boreal.Compose.Yaml;

namespace Boreal.Compose.Interpolation;

/// <summary>Finds the variables a tree uses.</summary>
internal static class VariableFinder
{
    public static IReadOnlyCollection<Variable> Find(Node node)
    {
        var found = new SortedDictionary<string, Variable>(StringComparer.Ordinal);
        Find(node, found);
        return found.Values;
    }

    private static void Find(Node node, SortedDictionary<string, Variable> found)
    {
        switch (node)
        {
            case ScalarNode { Kind: ScalarKind.Text } scalar: Find(scalar.Value, found); break;
            case MappingNode mapping:
                foreach (var (_, value) in mapping.Entries) Find(value, found);
                break;
            case SequenceNode list:
                foreach (var item in list.Items) Find(item, found);
                break;
        }
    }

    private static void Find(string text, SortedDictionary<string, Variable> found)
    {
        for (var at = 0; at + 1 < text.Length; at++)
        {
            if (text[at] is not '$') continue;
            if (text[at + 1] is '$') at++;
            else if (text[at + 1] is '{' && Template.Close(text, at + 1) is > 0 and var close)
            {
                Add(text[(at + 2)..close], found);
                at = close;
            }
            else if (Template.NameLength(text, at + 1) is > 0 and var length)
            {
                var name = text.Substring(at + 1, length);
                found[name] = new Variable(name, false, "", "");
            }
        }
    }

    private static void Add(string inner, SortedDictionary<string, Variable> found)
    {
        var length = Template.NameLength(inner, 0);
        if (length is 0) return;
        var (name, rest) = (inner[..length], inner[length..]);
        var word = rest.TrimStart(':');
        word = word.Length > 0 ? word[1..] : "";
        var mark = rest.TrimStart(':') is [var first, ..] ? first : ' ';
        found[name] = new Variable(name, mark is '?', mark is '-' ? word : "", mark is '+' ? word : "");
        if (mark is '-' or '+') Find(word, found);
    }
}
