using System.Text;

namespace Boreal.BuildWire.Failures;

/// <summary>The lines around a place of a file, as clients print them below an error or a warning.</summary>
internal static class ExcerptText
{
    private const int MarkedLineContext = 4;
    private const int MarkedRangeContext = 2;
    private const string Rule = "--------------------\n";

    /// <summary>Empty when no line of <paramref name="locations"/> is in the file.</summary>
    public static string Render(string fileName, string text, IReadOnlyList<(int Start, int End)> locations)
    {
        if (locations.Count == 0) return "";
        var lines = text.Split('\n');
        var first = locations.Min(range => range.Start);
        var last = Math.Min(locations.Max(range => Math.Max(range.Start, range.End)), lines.Length);
        if (first < 1 || first > lines.Length) return "";

        var (start, end) = Widen(first, last, lines.Length);
        var output = new StringBuilder().Append(fileName).Append(':').Append(first).Append('\n').Append(Rule);
        for (var line = start; line <= end; line++)
        {
            var mark = locations.Any(range => line >= range.Start && line <= Math.Max(range.Start, range.End)) ? ">>>" : "   ";
            output.Append($" {line,3} | {mark} {lines[line - 1]}\n");
        }
        return output.Append(Rule).ToString();
    }

    // Clients compare this text: each round widens by one line at both ends where there is one, and counts as a line itself.
    private static (int Start, int End) Widen(int start, int end, int count)
    {
        var wanted = start == end ? MarkedLineContext : MarkedRangeContext;
        for (var added = 0; added < wanted; added++)
        {
            if (start > 1)
            {
                start--;
                added++;
            }
            if (end != count)
            {
                end++;
                added++;
            }
        }
        return (start, end);
    }
}
