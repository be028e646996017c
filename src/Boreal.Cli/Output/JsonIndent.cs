using System.Text;

namespace Boreal.Cli.Output;

/// <summary>Lays JSON out over lines without touching its tokens, so that what the daemon wrote is shown as it wrote it.</summary>
internal static class JsonIndent
{
    public static string Indent(ReadOnlySpan<byte> json, string step = "    ")
    {
        var text = Encoding.UTF8.GetString(json);
        var output = new StringBuilder(text.Length * 2);
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case ' ' or '\t' or '\r' or '\n':
                    break;
                case '"':
                    var end = EndOfString(text, i);
                    output.Append(text, i, end - i);
                    i = end - 1;
                    break;
                case '{' or '[' when NextToken(text, i + 1) is var next && text[next] is '}' or ']':
                    output.Append(c).Append(text[next]);
                    i = next;
                    break;
                case '{' or '[':
                    output.Append(c);
                    NewLine(output, ++depth, step);
                    break;
                case '}' or ']':
                    NewLine(output, --depth, step);
                    output.Append(c);
                    break;
                case ',':
                    output.Append(c);
                    NewLine(output, depth, step);
                    break;
                case ':':
                    output.Append(": ");
                    break;
                default:
                    output.Append(c);
                    break;
            }
        }

        return output.ToString();
    }

    private static void NewLine(StringBuilder output, int depth, string step)
    {
        output.Append('\n');
        for (var i = 0; i < depth; i++) output.Append(step);
    }

    private static int NextToken(string text, int at)
    {
        while (at < text.Length - 1 && char.IsWhiteSpace(text[at])) at++;
        return at;
    }

    private static int EndOfString(string text, int start)
    {
        var at = start + 1;
        while (at < text.Length && text[at] is not '"') at += text[at] is '\\' ? 2 : 1;
        return Math.Min(at + 1, text.Length);
    }
}
