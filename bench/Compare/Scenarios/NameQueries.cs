using System.Globalization;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Bench.Compare.Scenarios;

/// <summary>A container asks its name server for another's address, one question after the other.</summary>
internal sealed class NameQueries : Scenario
{
    private const int Queries = 1000;
    private const string Network = "boreal-bench-names";
    private const string Client = "boreal-bench-asks";
    private const string Target = "boreal-bench-asked";

    public override string Name => "dns";

    public override IReadOnlyList<Row> Rows => [new($"{Queries} DNS queries", "ms"), new("slowest but 1 % of them", "ms") { AtMost = 5 }];

    public override async Task PrepareAsync(Engine engine)
    {
        await CleanAsync(engine);
        await engine.Docker.OutputAsync("network", "create", Network);
        foreach (var name in new[] { Client, Target })
            await engine.Docker.OutputAsync("run", "-d", "--name", name, "--network", Network, Image.Reference, "sleep", "100000");
        await MeasureAsync(engine);
    }

    /// <summary>Runs this very program in the container's network namespace: see <see cref="NameProbe"/>.</summary>
    public override async Task<IReadOnlyList<double>> MeasureAsync(Engine engine)
    {
        var pid = await engine.Docker.InspectAsync(Client, "{{.State.Pid}}");
        var self = Environment.ProcessPath ?? throw new InvalidOperationException("this program has no path");
        var output = await Command.Of("nsenter", "-t", pid, "-n", self, NameProbe.Verb, Target, $"{Queries}").OutputAsync();
        return [.. output.Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))];
    }

    public override async Task CleanAsync(Engine engine)
    {
        await engine.Docker.RemoveAsync(Client, Target);
        await engine.Docker.RunAsync("network", "rm", "-f", Network);
    }
}
