using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>Reads <c>--chmod</c>: octal digits, or a change in letters.</summary>
internal static class FileModes
{
    private const int HighestMode = 0b111_111_111_111;

    /// <exception cref="FormatException">The text is neither; the message is BuildKit's.</exception>
    public static (int? Mode, string Change) Read(string text)
    {
        if (text.Length == 0) return (null, "");
        if (FileModeText.TryParseOctal(text, out var mode)) return mode <= HighestMode ? (mode, "") : throw OutOfRange(text);
        if (char.IsAsciiDigit(text[0])) throw OutOfRange(text);
        return SymbolicMode.IsValid(text) ? (null, text) : throw new FormatException("invalid syntax");
    }

    private static FormatException OutOfRange(string text) =>
        new($"invalid chmod parameter: '{text}'. it should be octal string and between 0 and 07777");
}
