using System.Diagnostics;

namespace Boreal.Bench.Compare.Scenarios;

/// <summary>Many containers: started eight at a time, listed, weighed, removed.</summary>
internal sealed class Crowd(int size) : Scenario
{
    private const string Label = "boreal-bench=crowd";
    private const int Listings = 25;

    public override string Name => "crowd";

    public override bool IsLong => true;

    public override IReadOnlyList<Row> Rows =>
    [
        new($"{size} x run -d, 8 at a time", "ms") { AtMostOneIn = 6 },
        new($"GET /containers/json, {size} running", "ms") { AtMost = 2 },
        new("memory per running container, PSS", "MB") { AtMost = 1 },
        new($"rm -f of those {size}", "ms") { AtMostOneIn = 6 },
    ];

    public override async Task<IReadOnlyList<double>> MeasureAsync(Engine engine)
    {
        var start = await engine.TimeAsync($"seq 1 {size} | xargs -P 8 -I N docker run -d -l {Label} {Image.Reference} sleep 100000");
        var ids = (await engine.Docker.OutputAsync("ps", "-q", "--no-trunc", "--filter", "label=" + Label)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (ids.Length != size) throw new InvalidOperationException($"{engine.Name} runs {ids.Length} of {size} containers");
        var list = await ListAsync(engine);
        var memory = ProcessTree.ServantMegabytes(ids) / size;
        var remove = await engine.TimeAsync($"docker rm -f {string.Join(' ', ids)}");
        return [start, list, memory, remove];
    }

    public override Task CleanAsync(Engine engine) =>
        engine.Docker.Shell($"docker ps -aq --filter label={Label} | xargs -r docker rm -f").RunAsync();

    private static async Task<double> ListAsync(Engine engine)
    {
        var times = new List<double>();
        for (var i = 0; i < Listings; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await engine.Api.GetAsync("/containers/json");
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return times.Order().ElementAt(Listings / 2);
    }
}
