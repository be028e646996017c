using System.Text;

namespace Boreal.Build.Dockerfile.Syntax;

/// <summary>Splits at blanks outside of quotes. Quotes and escapes stay: expanding the words takes them away.</summary>
internal static class WordSplitter
{
    public static IReadOnlyList<string> Split(string text, char escape)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        char? quote = null;
        for (var position = 0; position < text.Length; position++)
        {
            var letter = text[position];
            if (quote is null && char.IsWhiteSpace(letter))
            {
                EndWord();
                continue;
            }
            if (letter == escape && quote != '\'')
            {
                // At the end of the line it escapes nothing.
                if (position + 1 == text.Length) break;
                word.Append(letter).Append(text[++position]);
                continue;
            }
            if (letter == quote) quote = null;
            else if (quote is null && letter is ('\'' or '"')) quote = letter;
            word.Append(letter);
        }
        EndWord();
        return words;

        void EndWord()
        {
            if (word.Length > 0) words.Add(word.ToString());
            word.Clear();
        }
    }
}
