namespace Boreal.Bench.Compare.Scenarios.Building;

/// <summary>One file of 50 MB changed, and all of it is one COPY.</summary>
internal sealed class ChangedFolder(string directory) : Scenario
{
    private const string Dockerfile = $"""
        FROM {Image.Reference}
        COPY . /app
        RUN echo built > /built
        """;

    private readonly BuildFolder _context = new(directory, "changed");

    public override string Name => "building";

    public override IReadOnlyList<Row> Rows => [new("one file of a 50 MB COPY changed", "ms") { AtMostOneIn = 2 }];

    public override async Task PrepareAsync(Engine engine)
    {
        if (!Directory.Exists(_context.Folder))
        {
            _context.Create(Dockerfile);
            _context.Fill("source", 500, 100_000);
        }

        await _context.BuildAsync(engine);
    }

    public override async Task<IReadOnlyList<double>> MeasureAsync(Engine engine)
    {
        _context.Change("source/main");
        return [await _context.BuildAsync(engine)];
    }

    public override Task CleanAsync(Engine engine) => _context.CleanAsync(engine);
}
