using System.Text;

namespace Boreal.Build.Dockerfile.Answers;

/// <summary>Columns as wide as their widest cell; the last one is left as it is.</summary>
internal static class TextTable
{
    public static string Render(int gap, IEnumerable<string[]> rows)
    {
        var all = rows.ToList();
        var text = new StringBuilder();
        foreach (var row in all)
        {
            for (var column = 0; column < row.Length - 1; column++)
                text.Append(row[column].PadRight(all.Max(other => other[column].Length) + gap));
            text.Append(row[^1]).Append('\n');
        }
        return text.ToString();
    }
}
