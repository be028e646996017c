namespace Boreal.Notation;

/// <summary>File modes in octal.</summary>
public static class FileModeText
{
    public static bool TryParseOctal(string text, out int mode)
    {
        mode = 0;
        if (text.Length is 0 or > 10) return false;
        foreach (var digit in text)
        {
            if (digit is < '0' or > '7') return false;
            mode = (mode << 3) | (digit - '0');
        }
        return true;
    }
}
