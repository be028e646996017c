using Boreal.Tests.TestKit.Processes;

namespace Boreal.Bench.Compare.Scenarios.Building;

/// <summary>A context that no engine has, used where it lies: only its way there counts.</summary>
internal sealed class ContextTransfer(int megabytes, string directory) : Scenario
{
    private const int FileMegabytes = 4;

    private const string Dockerfile = $"""
        FROM {Image.Reference}
        RUN --mount=type=bind,target=/context true
        """;

    private readonly BuildFolder _context = new(directory, "transfer");

    public override string Name => "building";

    public override bool IsLong => true;

    public override IReadOnlyList<Row> Rows => [new($"a new context of {megabytes} MB", "ms") { AtMostOneIn = 2 }];

    public override async Task PrepareAsync(Engine engine)
    {
        if (!Directory.Exists(_context.Folder))
        {
            _context.Create(Dockerfile);
            _context.Fill("data", megabytes / FileMegabytes, FileMegabytes << 20);
        }

        await MeasureAsync(engine);
    }

    public override async Task<IReadOnlyList<double>> MeasureAsync(Engine engine)
    {
        // Another time makes a file another one.
        await Command.Shell($"find {_context.Folder} -type f -exec touch {{}} + && sync").Within(TimeSpan.FromMinutes(5)).OutputAsync();
        return [await _context.BuildAsync(engine)];
    }

    public override Task CleanAsync(Engine engine) => _context.CleanAsync(engine);

    /// <summary>Copying the folder.</summary>
    public override async Task<double?> FloorAsync()
    {
        var copy = Path.Combine(directory, "copy");
        var result = await Command.Shell($"cp -r {_context.Folder} {copy}").Within(TimeSpan.FromMinutes(5)).RunAsync();
        Directory.Delete(copy, recursive: true);
        return result.Duration.TotalMilliseconds;
    }
}
