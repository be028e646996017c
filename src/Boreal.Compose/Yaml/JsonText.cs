using System.Globalization;
using System.Text;

namespace Boreal.Compose.Yaml;

/// <summary>Writes a tree as JSON as Go does: indented by two spaces, with HTML's signs escaped.</summary>
internal static class JsonText
{
    private const int Compact = -1;

    public static string Write(Node node) => Write(node, 0);

    /// <summary>Without a line break or space.</summary>
    public static string WriteCompact(Node node) => Write(node, Compact);

    private static string Write(Node node, int depth)
    {
        var output = new StringBuilder();
        Write(output, node, depth);
        return output.ToString();
    }

    private static void Write(StringBuilder output, Node node, int depth)
    {
        switch (node)
        {
            case MappingNode { Count: 0 }: output.Append("{}"); break;
            case SequenceNode { Items.Count: 0 }: output.Append("[]"); break;
            case MappingNode mapping:
                Block(output, '{', '}', depth, mapping.Entries, entry =>
                {
                    Quote(output, entry.Key);
                    output.Append(depth is Compact ? ":" : ": ");
                    Write(output, entry.Value, Deeper(depth));
                });
                break;
            case SequenceNode sequence: Block(output, '[', ']', depth, sequence.Items, item => Write(output, item, Deeper(depth))); break;
            case ScalarNode { Kind: ScalarKind.Text } text: Quote(output, text.Value); break;
            case ScalarNode { Kind: ScalarKind.Null }: output.Append("null"); break;
            case ScalarNode scalar: output.Append(scalar.Value); break;
        }
    }

    private static void Block<T>(StringBuilder output, char open, char close, int depth, IEnumerable<T> items, Action<T> write)
    {
        output.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first) output.Append(',');
            if (depth is not Compact) output.Append('\n').Append(' ', (depth + 1) * 2);
            write(item);
            first = false;
        }

        if (depth is not Compact) output.Append('\n').Append(' ', depth * 2);
        output.Append(close);
    }

    private static int Deeper(int depth) => depth is Compact ? Compact : depth + 1;

    private static void Quote(StringBuilder output, string text)
    {
        output.Append('"');
        foreach (var letter in text)
        {
            switch (letter)
            {
                case '"': output.Append("\\\""); break;
                case '\\': output.Append("\\\\"); break;
                case '\n': output.Append("\\n"); break;
                case '\r': output.Append("\\r"); break;
                case '\t': output.Append("\\t"); break;
                case '\b': output.Append("\\b"); break;
                case '\f': output.Append("\\f"); break;
                case < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029': output.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"); break;
                default: output.Append(letter); break;
            }
        }

        output.Append('"');
    }
}
