using System.Text;

namespace Boreal.Build.Dockerfile.Syntax;

/// <summary>Takes <c>--flag</c> words off the front of an instruction's arguments; quotes and escapes in them are obeyed and go.</summary>
internal static class FlagSplitter
{
    public static (IReadOnlyList<string> Flags, string Arguments) Split(string text, char escape)
    {
        var flags = new List<string>();
        var position = 0;
        while (true)
        {
            while (position < text.Length && char.IsWhiteSpace(text[position]))
                position++;
            if (position == text.Length) return (flags, "");
            if (!text.AsSpan(position).StartsWith("--")) return (flags, text[position..]);

            var (flag, end) = ReadWord(text, position, escape);
            position = end;
            if (flag != "--") flags.Add(flag);
            else if (position < text.Length) return (flags, text[position..]);
        }
    }

    private static (string Word, int End) ReadWord(string text, int position, char escape)
    {
        var word = new StringBuilder();
        char? quote = null;
        for (; position < text.Length; position++)
        {
            var letter = text[position];
            if (quote is null && char.IsWhiteSpace(letter)) break;
            if (letter == quote)
            {
                quote = null;
            }
            else if (quote is null && letter is ('\'' or '"'))
            {
                quote = letter;
            }
            else if (letter != escape)
            {
                word.Append(letter);
            }
            else if (position + 1 < text.Length)
            {
                word.Append(text[++position]);
            }
        }
        return (word.ToString(), position);
    }
}
