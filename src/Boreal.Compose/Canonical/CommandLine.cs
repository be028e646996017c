using System.Text;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Canonical;

/// <summary>Splits a command into words as compose does: quotes and backslashes count, nothing is expanded, a shell's operator ends it.</summary>
internal static class CommandLine
{
    /// <summary>The words of a command in either form; null when there is none.</summary>
    public static IReadOnlyList<string>? Words(Node? node) => node switch
    {
        SequenceNode list => [.. list.Items.Select(item => item.Text ?? "")],
        { Text: { } text } => Split(text, node.Position),
        _ => null,
    };

    private static List<string> Split(string text, SourcePosition position)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (quote, escaped, started) = ('\0', false, false);
        foreach (var letter in text)
        {
            if (escaped)
            {
                word.Append(letter);
                (escaped, started) = (false, true);
            }
            else if (letter is '\\' && quote is not '\'') escaped = true;
            else if (quote is not '\0' && letter == quote) (quote, started) = ('\0', true);
            else if (quote is '\0' && letter is '"' or '\'' && quote is '\0') (quote, started) = (letter, true);
            else if (quote is '\0' && letter is ' ' or '\t' or '\r' or '\n' && quote is '\0') Finish();
            else if (quote is '\0' && letter is ';' or '&' or '|' or '<' or '>' && quote is '\0') break;
            else
            {
                word.Append(letter);
                started = true;
            }
        }

        if (quote is not '\0' || escaped) throw new ComposeException(position, $"the command {text} has a quote or backslash without its end: close it, or write the command as a list");
        Finish();
        return words;

        void Finish()
        {
            if (started || word.Length > 0) words.Add(word.ToString());
            word.Clear();
            started = false;
        }
    }
}
