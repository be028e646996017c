namespace Boreal.Bench.Compare;

/// <summary>The results as text: medians, each peer's figure divided by ours, the floor and the goal.</summary>
internal static class Table
{
    public static string Render(Results results)
    {
        var ours = results.Engines[0];
        var peers = results.Engines.Skip(1).ToList();
        List<List<string>> lines = [["work", ours, .. peers.SelectMany(peer => new[] { peer, $"{peer}/{ours}" }), "floor", "goal", ""]];
        foreach (var row in results.Rows)
        {
            var median = results.Median(row, ours);
            lines.Add(
            [
                row.Title,
                Figure(median, row.Unit),
                .. peers.SelectMany(peer => new[] { Figure(results.Median(row, peer), row.Unit), $"{results.Median(row, peer) / median:0.0}" }),
                results.Floor(row) is { } floor ? Figure(floor, row.Unit) : "",
                row.Goal,
                Verdict(results, row, median),
            ]);
        }
        var widths = Enumerable.Range(0, lines[0].Count).Select(column => lines.Max(line => line[column].Length)).ToList();
        return string.Join('\n', lines.Select(line => string.Join("  ", line.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).TrimEnd()));
    }

    // Goals that are a part of another engine's figure are parts of Docker's.
    private static string Verdict(Results results, Row row, double median)
    {
        if (row.AtMost is { } most) return median <= most ? "met" : "missed";
        if (row.AtMostOneIn is not { } part || !results.Engines.Contains("docker")) return "";
        return median * part <= results.Median(row, "docker") ? "met" : "missed";
    }

    private static string Figure(double value, string unit) => value switch
    {
        >= 10_000 when unit == "ms" => $"{value / 1000:0.0} s",
        >= 100 => $"{value:0} {unit}",
        >= 10 => $"{value:0.0} {unit}",
        _ => $"{value:0.00} {unit}",
    };
}
