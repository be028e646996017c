namespace Boreal.Bench.Compare.Scenarios.Building;

/// <summary>Four stages that know nothing of each other, each of two seconds, and one that takes from them all.</summary>
internal sealed class SideBySideStages(string directory) : Scenario
{
    private const string Dockerfile = $"""
        FROM {Image.Reference} AS one
        RUN sleep 2 && echo 1 > /one
        FROM {Image.Reference} AS two
        RUN sleep 2 && echo 2 > /two
        FROM {Image.Reference} AS three
        RUN sleep 2 && echo 3 > /three
        FROM {Image.Reference} AS four
        RUN sleep 2 && echo 4 > /four
        FROM {Image.Reference}
        COPY --from=one /one /
        COPY --from=two /two /
        COPY --from=three /three /
        COPY --from=four /four /
        """;

    private readonly BuildFolder _context = new(directory, "stages");

    public override string Name => "building";

    public override bool IsLong => true;

    public override IReadOnlyList<Row> Rows => [new("four independent stages of 2 s, cold", "ms") { AtMost = 2600 }];

    public override Task PrepareAsync(Engine engine)
    {
        _context.Create(Dockerfile);
        return Task.CompletedTask;
    }

    public override async Task<IReadOnlyList<double>> MeasureAsync(Engine engine) => [await _context.BuildAsync(engine, "--no-cache")];

    public override Task CleanAsync(Engine engine) => _context.CleanAsync(engine);
}
