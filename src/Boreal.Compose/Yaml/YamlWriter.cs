using System.Globalization;
using System.Text;

namespace Boreal.Compose.Yaml;

/// <summary>Writes a tree as stock compose does: two spaces, lists indented, as few quotes as YAML 1.1 allows.</summary>
internal static class YamlWriter
{
    private const int Indent = 2;

    public static string Write(Node node)
    {
        var output = new StringBuilder();
        if (node is MappingNode { Count: > 0 } mapping) WriteMapping(output, mapping, 0, startsInline: false);
        else
        {
            WriteInline(output, node, 0);
            output.Append('\n');
        }

        return output.ToString();
    }

    private static void WriteMapping(StringBuilder output, MappingNode mapping, int depth, bool startsInline)
    {
        foreach (var (key, value) in mapping.Entries)
        {
            if (!startsInline) output.Append(' ', depth);
            startsInline = false;
            WriteText(output, key, depth, isKey: true);
            output.Append(':');
            WriteValue(output, value, depth);
        }
    }

    private static void WriteValue(StringBuilder output, Node value, int depth)
    {
        switch (value)
        {
            case MappingNode { Count: > 0 } mapping:
                output.Append('\n');
                WriteMapping(output, mapping, depth + Indent, startsInline: false);
                break;
            case SequenceNode { Items.Count: > 0 } sequence:
                output.Append('\n');
                WriteSequence(output, sequence, depth + Indent, startsInline: false);
                break;
            default:
                output.Append(' ');
                WriteInline(output, value, depth);
                output.Append('\n');
                break;
        }
    }

    private static void WriteSequence(StringBuilder output, SequenceNode sequence, int depth, bool startsInline)
    {
        foreach (var item in sequence.Items)
        {
            if (!startsInline) output.Append(' ', depth);
            startsInline = false;
            output.Append("- ");
            switch (item)
            {
                case MappingNode { Count: > 0 } mapping: WriteMapping(output, mapping, depth + Indent, startsInline: true); break;
                case SequenceNode { Items.Count: > 0 } inner: WriteSequence(output, inner, depth + Indent, startsInline: true); break;
                default:
                    WriteInline(output, item, depth);
                    output.Append('\n');
                    break;
            }
        }
    }

    private static void WriteInline(StringBuilder output, Node node, int depth)
    {
        switch (node)
        {
            case MappingNode: output.Append("{}"); break;
            case SequenceNode: output.Append("[]"); break;
            case ScalarNode { Kind: ScalarKind.Text } text: WriteText(output, text.Value, depth, isKey: false); break;
            case ScalarNode { Kind: ScalarKind.Null }: output.Append("null"); break;
            case ScalarNode scalar: output.Append(scalar.Value); break;
        }
    }

    private static void WriteText(StringBuilder output, string text, int depth, bool isKey)
    {
        var analysis = TextAnalysis.Of(text);
        if (text.Contains('\n', StringComparison.Ordinal))
        {
            if (analysis.Block && !isKey) WriteLiteral(output, text, depth);
            else WriteDoubleQuoted(output, text);
        }
        else if (!ScalarRules.IsPlainText(text)) WriteDoubleQuoted(output, text);
        else if (analysis.Plain) output.Append(text);
        else if (analysis.SingleQuoted) output.Append('\'').Append(text.Replace("'", "''", StringComparison.Ordinal)).Append('\'');
        else WriteDoubleQuoted(output, text);
    }

    private static void WriteLiteral(StringBuilder output, string text, int depth)
    {
        output.Append('|');
        if (text[0] is ' ' or '\n') output.Append(Indent);
        var end = text.TrimEnd('\n');
        var trailing = text.Length - end.Length;
        if (trailing is 0) output.Append('-');
        else if (trailing > 1 || end.Length is 0) output.Append('+');
        var lines = (trailing is 0 ? text : text[..^1]).Split('\n');
        foreach (var line in lines)
        {
            output.Append('\n');
            if (line.Length > 0) output.Append(' ', depth + Indent).Append(line);
        }
    }

    private static void WriteDoubleQuoted(StringBuilder output, string text)
    {
        output.Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            var value = rune.Value;
            var named = Named(value);
            if (named is not null) output.Append('\\').Append(named);
            else if (value is (>= 0x20 and <= 0x7e) or (>= 0xa0 and <= 0xd7ff) or (>= 0xe000 and <= 0xfffd and not 0xfeff)) output.Append(rune.ToString());
            else if (value <= 0xff) output.Append(CultureInfo.InvariantCulture, $"\\x{value:X2}");
            else if (value <= 0xffff) output.Append(CultureInfo.InvariantCulture, $"\\u{value:X4}");
            else output.Append(CultureInfo.InvariantCulture, $"\\U{value:X8}");
        }

        output.Append('"');
    }

    private static string? Named(int value) => value switch
    {
        0 => "0",
        7 => "a",
        8 => "b",
        9 => "t",
        10 => "n",
        11 => "v",
        12 => "f",
        13 => "r",
        27 => "e",
        '"' => "\"",
        '\\' => "\\",
        0x85 => "N",
        0xa0 => "_",
        0x2028 => "L",
        0x2029 => "P",
        _ => null,
    };
}
