namespace Boreal.Bench.Compare.Scenarios.Building;

/// <summary>A program's usual Dockerfile with 50 MB of context: nothing changed, or one file. Built on BuildKit's protocol and on the first one.</summary>
internal sealed class CachedBuild(string directory) : Scenario
{
    private const int FloorRounds = 5;
    private const int FileBytes = 100_000;

    private const string Dockerfile = $"""
        FROM {Image.Reference}
        WORKDIR /app
        COPY packages packages
        RUN echo installed > /installed
        COPY . .
        RUN echo built > /built
        CMD ["cat", "/built"]
        """;

    private readonly BuildFolder _context = new(directory, "cached");

    public override string Name => "building";

    public override IReadOnlyList<Row> Rows =>
    [
        new("build, all cached, 50 MB context, buildx", "ms") { AtMostOneIn = 3 },
        new("same, boreal build", "ms") { AtMostOneIn = 3 },
        new("same, classic builder", "ms") { AtMostOneIn = 3 },
        new("one file changed, buildx", "ms") { AtMostOneIn = 2 },
        new("same, classic builder, one file changed", "ms") { AtMostOneIn = 2 },
    ];

    public override Task PrepareAsync(Engine engine)
    {
        if (Directory.Exists(_context.Folder)) return Task.CompletedTask;
        _context.Create(Dockerfile);
        _context.Fill("packages", 400, FileBytes);
        _context.Fill("source", 100, FileBytes);
        return Task.CompletedTask;
    }

    public override async Task<IReadOnlyList<double>> MeasureAsync(Engine engine)
    {
        // What was changed on the other engine's turn is not to be this one's work.
        await _context.BuildAsync(engine);
        await _context.BuildClassicAsync(engine);
        var cached = await _context.BuildAsync(engine);
        var own = await _context.BuildByOwnAsync(engine);
        var classic = await _context.BuildClassicAsync(engine);
        _context.Change("source/main");
        var changed = await _context.BuildAsync(engine);
        _context.Change("source/main");
        var changedClassic = await _context.BuildClassicAsync(engine);
        return [cached, own, classic, changed, changedClassic];
    }

    public override Task CleanAsync(Engine engine) => _context.CleanAsync(engine);

    /// <summary>The client and its plugin.</summary>
    public override async Task<double?> FloorAsync()
    {
        var times = new List<double>();
        for (var i = 0; i < FloorRounds; i++) times.Add(await _context.IdleAsync());
        return times.Order().ElementAt(times.Count / 2);
    }
}
