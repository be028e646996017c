namespace Boreal.Cli.Output;

/// <summary>Makes a tabbed table narrower for a terminal: the widest columns lose text until the lines fit. Headings stay whole.</summary>
internal static class NarrowTable
{
    private const int Padding = 3;
    private const int LeastText = 8;
    private const int LeastColumn = 10;

    public static string Fit(string tabbed, int width)
    {
        var lines = tabbed.TrimEnd('\n').Split('\n').Select(line => line.Split('\t')).ToList();
        var columns = lines[0].Length;
        if (lines.Exists(line => line.Length != columns)) return tabbed;
        var floors = lines[0].Select(cell => Math.Max(cell.Length, LeastText)).ToArray();
        var widths = new int[columns];
        for (var i = 0; i < columns; i++) widths[i] = lines.Max(line => line[i].Length);
        while (Total(widths) > width)
        {
            var widest = Array.IndexOf(widths, widths.Where((cells, at) => cells > floors[at]).DefaultIfEmpty(-1).Max());
            if (widest < 0) break;
            widths[widest]--;
        }

        return string.Join('\n', lines.Select(line => string.Join('\t', line.Select((cell, at) => Texts.Ellipsis(cell, widths[at]))))) + "\n";
    }

    private static int Total(int[] widths) => widths.SkipLast(1).Sum(width => Math.Max(LeastColumn, width + Padding)) + widths[^1];
}
