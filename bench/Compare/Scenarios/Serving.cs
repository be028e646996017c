using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Registries;

namespace Boreal.Bench.Compare.Scenarios;

/// <summary>One client, curl, and two registries: ours in Boreal's column, Debian's docker-registry in the others'.</summary>
internal sealed class Serving(int megabytes, string directory) : Scenario
{
    private const int AtOnce = 4;

    private string Blob => Path.Combine(directory, "blob");

    public override string Name => "serving";

    public override bool IsLong => true;

    public override IReadOnlyList<Row> Rows =>
    [
        new($"a registry takes a blob of {megabytes} MB", "ms") { AtMostOneIn = 2 },
        new($"a registry gives a blob of {megabytes} MB", "ms") { AtMostOneIn = 2 },
        new($"a registry gives it to {AtOnce} at once", "ms") { AtMostOneIn = 2 },
    ];

    public override async Task PrepareAsync(Engine engine)
    {
        if (!File.Exists(Blob)) await Command.Shell($"head -c {megabytes}M /dev/urandom > {Blob}").Within(TimeSpan.FromMinutes(5)).OutputAsync();
    }

    public override async Task<IReadOnlyList<double>> MeasureAsync(Engine engine)
    {
        if (engine.Name is "boreal")
        {
            await using var ours = await BorealRegistry.StartAsync();
            return await MeasureAsync(ours.Address);
        }

        await using var debians = await DebianRegistry.StartAsync();
        return await MeasureAsync(debians.Address);
    }

    public override Task CleanAsync(Engine engine)
    {
        File.Delete(Blob);
        return Task.CompletedTask;
    }

    private async Task<IReadOnlyList<double>> MeasureAsync(string address)
    {
        var digest = "sha256:" + (await Command.Of("sha256sum", Blob).OutputAsync()).Split(' ')[0];
        var location = (await Command.Shell($"curl -fsS -X POST -D - -o /dev/null http://{address}/v2/bench/blobs/uploads/ | tr -d '\\r' | sed -n 's/^[Ll]ocation: //p'").OutputAsync()).Trim();
        if (location.StartsWith('/')) location = $"http://{address}{location}";
        var target = $"{location}{(location.Contains('?', StringComparison.Ordinal) ? '&' : '?')}digest={digest}";
        var take = await TimeAsync($"curl -fsS -T {Blob} -H 'Content-Type: application/octet-stream' '{target}'");
        var blob = $"http://{address}/v2/bench/blobs/{digest}";
        return [take, await TimeAsync($"curl -fsS -o /dev/null {blob}"), await TimeAsync($"seq {AtOnce} | xargs -P {AtOnce} -I N curl -fsS -o /dev/null {blob}")];
    }

    private static async Task<double> TimeAsync(string line) =>
        (await Command.Shell(line).Within(TimeSpan.FromMinutes(5)).RunAsync()).Succeeded(line).Duration.TotalMilliseconds;
}
