namespace Boreal.Notation;

/// <summary>What somebody may have meant who wrote a word that nobody knows.</summary>
public static class Suggestion
{
    /// <summary>A word that differs in fewer letters than this is close enough to be offered.</summary>
    private const int TooFar = 3;
    private const int LongestWord = 256;
    private const int MostOptions = 1000;

    /// <summary>The nearest of <paramref name="known"/>; null when none is near, or one is the word itself.</summary>
    public static string? For(string word, IEnumerable<string> known)
    {
        if (word.Length > LongestWord) return null;
        string? best = null;
        var nearest = TooFar;
        foreach (var option in known.Take(MostOptions))
        {
            if (option == word) return null;
            if (Math.Abs(option.Length - word.Length) >= nearest) continue;
            var distance = Distance(word, option);
            if (distance >= nearest) continue;
            (best, nearest) = (option, distance);
        }
        return best;
    }

    /// <summary>Compares without case and answers in the case the word was written in.</summary>
    public static string? InCaseOf(string word, IEnumerable<string> known)
    {
        var match = For(word.ToLowerInvariant(), known.Select(option => option.ToLowerInvariant()));
        return match is not null && LetterCase.IsUpper(word) && !LetterCase.IsLower(word) ? match.ToUpperInvariant() : match;
    }

    public static string Append(string message, string? suggestion) => suggestion is null ? message : $"{message} (did you mean {suggestion}?)";

    private static int Distance(string left, string right)
    {
        var row = new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
            row[column] = column;
        for (var line = 1; line <= left.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= right.Length; column++)
            {
                var replaced = diagonal + (left[line - 1] == right[column - 1] ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(replaced, Math.Min(diagonal, row[column - 1]) + 1);
            }
        }
        return row[right.Length];
    }
}
