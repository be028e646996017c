using Boreal.Tests.TestKit.Processes;

namespace Boreal.Bench.Compare.Scenarios.Building;

/// <summary>20,000 small files in one COPY: nothing to do, only to copy, and to transfer first.</summary>
internal sealed class ManyFiles(string directory) : Scenario
{
    private const string Dockerfile = $"""
        FROM {Image.Reference}
        COPY . /app
        """;

    private readonly BuildFolder _context = new(directory, "many");

    public override string Name => "building";

    public override bool IsLong => true;

    public override IReadOnlyList<Row> Rows =>
    [
        new("COPY of 20,000 files, context there", "ms") { AtMostOneIn = 2 },
        new("same, cached", "ms") { AtMostOneIn = 2 },
        new("same, context new", "ms") { AtMostOneIn = 2 },
    ];

    public override async Task PrepareAsync(Engine engine)
    {
        if (!Directory.Exists(_context.Folder))
        {
            _context.Create(Dockerfile);
            _context.Fill("source", 20_000, 1000);
        }

        await _context.BuildAsync(engine);
    }

    public override async Task<IReadOnlyList<double>> MeasureAsync(Engine engine)
    {
        await _context.BuildAsync(engine);
        var copied = await _context.BuildAsync(engine, "--no-cache");
        var cached = await _context.BuildAsync(engine);
        // Another time makes a file another one.
        await Command.Shell($"find {_context.Folder} -type f -exec touch {{}} +").OutputAsync();
        return [copied, cached, await _context.BuildAsync(engine, "--no-cache")];
    }

    public override Task CleanAsync(Engine engine) => _context.CleanAsync(engine);
}
