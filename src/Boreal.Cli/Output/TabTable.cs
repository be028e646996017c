using System.Text;

namespace Boreal.Cli.Output;

/// <summary>
/// Aligns lines whose cells are separated by tabs. As docker's tables: a column is as wide as its widest cell plus the padding, at least
/// the least width; the last cell of a line is not padded; a column ends where a line lacks it.
/// </summary>
internal static class TabTable
{
    public static string Align(string text, int leastWidth = 10, int padding = 3)
    {
        var lines = text.Split('\n').Select(line => line.Split('\t')).ToList();
        var output = new StringBuilder(text.Length * 2);
        Block(lines, 0, lines.Count, [], output, leastWidth, padding);
        if (output.Length > 0) output.Length--; // The split made one line too many.
        return output.ToString();
    }

    private static void Block(List<string[]> lines, int from, int to, List<int> widths, StringBuilder output, int leastWidth, int padding)
    {
        var column = widths.Count;
        for (var at = from; at < to;)
        {
            if (column >= lines[at].Length - 1)
            {
                Write(lines[at++], widths, output);
                continue;
            }

            var end = at;
            var width = leastWidth;
            while (end < to && column < lines[end].Length - 1)
            {
                width = Math.Max(width, Width(lines[end++][column]) + padding);
            }

            Block(lines, at, end, [.. widths, width], output, leastWidth, padding);
            at = end;
        }
    }

    private static void Write(string[] cells, List<int> widths, StringBuilder output)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            output.Append(cells[i]);
            if (i < cells.Length - 1) output.Append(' ', Math.Max(0, widths[i] - Width(cells[i])));
        }

        output.Append('\n');
    }

    private static int Width(string cell)
    {
        var count = 0;
        foreach (var _ in cell.EnumerateRunes()) count++;
        return count;
    }
}
