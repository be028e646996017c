namespace Boreal.Notation;

/// <summary>Whether a word is written in small or capital letters; signs without case are both.</summary>
public static class LetterCase
{
    public static bool IsLower(string text) => text.All(letter => letter == char.ToLowerInvariant(letter));

    public static bool IsUpper(string text) => text.All(letter => letter == char.ToUpperInvariant(letter));
}
