using System.Text.Json;

namespace Boreal.Bench.Compare;

/// <summary>All figures, by row and engine.</summary>
internal sealed class Results(IReadOnlyList<string> engines)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly Dictionary<(string Row, string Engine), List<double>> _figures = [];
    private readonly Dictionary<string, double> _floors = [];

    public IReadOnlyList<string> Engines => engines;

    public List<Row> Rows { get; } = [];

    public void Add(Scenario scenario, string engine, IReadOnlyList<double> figures)
    {
        foreach (var (row, figure) in scenario.Rows.Zip(figures))
        {
            if (Rows.All(known => known.Title != row.Title)) Rows.Add(row);
            if (!_figures.TryGetValue((row.Title, engine), out var list)) _figures[(row.Title, engine)] = list = [];
            list.Add(figure);
        }
    }

    public void AddFloor(Scenario scenario, double? floor)
    {
        if (floor is { } figure) _floors[scenario.Rows[0].Title] = figure;
    }

    public double Median(Row row, string engine)
    {
        var sorted = _figures[(row.Title, engine)].Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    public double? Floor(Row row) => _floors.TryGetValue(row.Title, out var floor) ? floor : null;

    public string ToJson() => JsonSerializer.Serialize(
        Rows.Select(row => new
        {
            row = row.Title,
            unit = row.Unit,
            goal = row.Goal,
            floor = Floor(row),
            engines = engines.ToDictionary(engine => engine, engine => new { median = Median(row, engine), figures = _figures[(row.Title, engine)] }),
        }),
        Indented);
}
