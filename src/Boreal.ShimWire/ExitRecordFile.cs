using System.Globalization;

namespace Boreal.ShimWire;

/// <summary>The exit record's text: <c>code nanoseconds oom</c>, one line.</summary>
public static class ExitRecordFile
{
    public static string Format(int code, long nanoseconds, bool outOfMemory) =>
        string.Create(CultureInfo.InvariantCulture, $"{code} {nanoseconds} {(outOfMemory ? 1 : 0)}\n");

    /// <summary>False when the text is torn or no exit record.</summary>
    public static bool TryParse(string text, out int code, out long nanoseconds, out bool outOfMemory)
    {
        (code, nanoseconds, outOfMemory) = (0, 0, false);
        if (!text.EndsWith('\n')) return false;
        var fields = text.TrimEnd('\n').Split(' ');
        if (fields is not [var first, var second, "0" or "1"]) return false;
        outOfMemory = fields[2] == "1";
        return int.TryParse(first, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out code)
            && long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out nanoseconds);
    }
}
